import type { Forward } from '../../../shared/network/network-document.ts';
import { block, tag } from './tag.ts';

/** Mode lan is told in the metadata alone: libvirt loads an open network only with an address, and an isolated one without. */
export function printForward({ mode, dev, natIpv6, natAddress, natPorts }: Forward): readonly string[] {
  if (mode === 'isolated' || mode === 'lan') return [];
  const nat = block('nat', { ipv6: natIpv6 ? 'yes' : undefined }, [
    ...(natAddress === undefined ? [] : tag('address', { start: natAddress.low, end: natAddress.high })),
    ...(natPorts === undefined ? [] : tag('port', { start: natPorts.low, end: natPorts.high })),
  ]);
  return block('forward', { dev, mode }, [...nat, ...tag('interface', { dev })]);
}
