import { parseSubnet } from '../../../shared/net/subnet.ts';

/** The private blocks of RFC 1918. */
export const privateBlocks = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'] as const;

/** Where a subnet lies in a block: start and width as parts of one. Undefined: it lies elsewhere. */
export function placeInBlock(
  subnet: string,
  block: string,
): { readonly start: number; readonly width: number } | undefined {
  const [inner, outer] = [parseSubnet(subnet), parseSubnet(block)];
  if (inner === undefined || outer === undefined || inner.family !== 'ipv4') return undefined;
  const size = 2 ** (32 - outer.prefix);
  const start = Number(inner.base - outer.base) / size;
  const width = 2 ** (32 - inner.prefix) / size;
  if (start >= 1 || start + width <= 0) return undefined;
  const from = Math.max(0, start);
  return { start: from, width: Math.min(1, start + width) - from };
}
