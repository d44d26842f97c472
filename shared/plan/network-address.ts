import { formatIpv4, parseIpv4 } from '../net/ipv4.ts';
import { formatIpv6, parseIpv6 } from '../net/ipv6.ts';
import { prefixMask } from '../net/netmask.ts';

export interface PlanAddress {
  readonly family: 'ipv4' | 'ipv6';
  /** 32 or 128. */
  readonly width: number;
  readonly value: bigint;
}

export interface PlanPrefix extends PlanAddress {
  readonly length: number;
}

/** An address in the one form that programs print it in, so that what stands can be compared with what was asked for; undefined for others. */
export function readAddress(text: string): PlanAddress | undefined {
  const ipv4 = parseIpv4(text);
  if (ipv4 !== undefined) return formatIpv4(ipv4) === text ? { family: 'ipv4', width: 32, value: ipv4 } : undefined;
  const ipv6 = parseIpv6(text);
  if (ipv6 === undefined || formatIpv6(ipv6) !== text) return undefined;
  return { family: 'ipv6', width: 128, value: ipv6 };
}

/** `ADDRESS/LENGTH` without bits set to the right of the prefix. */
export function readPrefix(text: string): PlanPrefix | undefined {
  const [start = '', digits = '', ...more] = text.split('/');
  const address = readAddress(start);
  if (address === undefined || more.length > 0 || !/^(?:0|[1-9][0-9]{0,2})$/.test(digits)) return undefined;
  const length = Number(digits);
  if (length > address.width || (address.value & ~prefixMask(length, address.width)) !== 0n) return undefined;
  return { ...address, length };
}

/** The subnet of this length that an address is in. */
export function subnetOf({ family, width, value }: PlanAddress, length: number): PlanPrefix {
  return { family, width, value: value & prefixMask(length, width), length };
}

export function isIn(address: PlanAddress, { family, width, value, length }: PlanPrefix): boolean {
  return address.family === family && (address.value & prefixMask(length, width)) === value;
}
