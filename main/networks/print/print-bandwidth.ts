import type { Bandwidth } from '../../../shared/network/network-document.ts';
import { block, tag } from './tag.ts';

export function printBandwidth({ inbound, outbound }: Bandwidth): readonly string[] {
  const rates = [...tag('inbound', { ...inbound }), ...tag('outbound', { ...outbound })];
  return block('bandwidth', {}, rates);
}
