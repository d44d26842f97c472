import { parseIpv4 } from '../../../shared/net/ipv4.ts';
import { parseIpv6 } from '../../../shared/net/ipv6.ts';
import { prefixMask } from '../../../shared/net/netmask.ts';

export interface AddressRange {
  readonly width: 32 | 128;
  readonly low: bigint;
  readonly high: bigint;
}

/** Reads `a`, `a/length` or `a-b`. */
export function addressRange(text: string): AddressRange | undefined {
  const [first = '', last] = text.split('-');
  const [address = '', length] = first.split('/');
  const start = readAddress(address);
  if (start === undefined) return undefined;
  const { width, value } = start;
  if (last !== undefined) {
    const end = readAddress(last);
    return end === undefined || end.width !== width ? undefined : { width, low: value, high: end.value };
  }
  const bits = length === undefined ? width : Number(length);
  if (!Number.isInteger(bits) || bits < 0 || bits > width) return undefined;
  const mask = prefixMask(bits, width);
  const low = value & mask;
  return { width, low, high: low | (prefixMask(width, width) ^ mask) };
}

function readAddress(text: string): { readonly width: 32 | 128; readonly value: bigint } | undefined {
  const v4 = parseIpv4(text);
  if (v4 !== undefined) return { width: 32, value: v4 };
  const v6 = parseIpv6(text);
  return v6 === undefined ? undefined : { width: 128, value: v6 };
}
