import { addressBits, formatIpAddress, type IpAddress, parseIpAddress } from '../net/ip-address.ts';
import { prefixMask } from '../net/netmask.ts';
import { lastOf, parseSubnet } from '../net/subnet.ts';

export interface PlanAddress extends IpAddress {
  /** 32 or 128. */
  readonly width: number;
}

export interface PlanPrefix extends PlanAddress {
  readonly length: number;
}

/** An address in the one form that programs print it in, so that what stands can be compared with what was asked for; undefined for others. */
export function readAddress(text: string): PlanAddress | undefined {
  const address = parseIpAddress(text);
  if (address === undefined || formatIpAddress(address) !== text) return undefined;
  return { ...address, width: addressBits[address.family] };
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

/** The address of everybody in an IPv4 subnet (RFC 919); undefined for what is no such prefix. */
export function broadcastOf(prefix: string): string | undefined {
  const subnet = parseSubnet(prefix);
  return subnet?.family === 'ipv4' ? formatIpAddress({ family: 'ipv4', value: lastOf(subnet) }) : undefined;
}
