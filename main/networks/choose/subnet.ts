import { formatIpv4, parseIpv4 } from '../../../shared/net/ipv4.ts';
import { formatIpv6, parseIpv6 } from '../../../shared/net/ipv6.ts';
import { prefixMask } from '../../../shared/net/netmask.ts';
import type { IpFamily } from '../../../shared/network/network-document.ts';

/** Addresses that have their first `prefix` bits in common with `base`. */
export interface Subnet {
  readonly family: IpFamily;
  /** The lowest address. */
  readonly base: bigint;
  readonly prefix: number;
}

export const widthOf = (family: IpFamily): number => (family === 'ipv4' ? 32 : 128);

export function parseAddress(text: string, family: IpFamily): bigint | undefined {
  return family === 'ipv4' ? parseIpv4(text) : parseIpv6(text);
}

export function formatAddress(address: bigint, family: IpFamily): string {
  return family === 'ipv4' ? formatIpv4(address) : formatIpv6(address);
}

/** The subnet around an address; throws for what is no address, which whoever made the value has seen to. */
export function subnetAround(address: string, prefix: number, family: IpFamily): Subnet {
  const value = parseAddress(address, family);
  if (value === undefined) throw new Error(`${address} is no ${family} address.`);
  return { family, base: value & prefixMask(prefix, widthOf(family)), prefix };
}

/** Reads `10.1.2.0/24` or `fd00::/64`; undefined for anything else, bits behind the prefix included. */
export function parseSubnet(text: string): Subnet | undefined {
  const [address = '', length = '', ...rest] = text.split('/');
  const family: IpFamily = address.includes(':') ? 'ipv6' : 'ipv4';
  const base = parseAddress(address, family);
  const prefix = /^[0-9]{1,3}$/.test(length) ? Number(length) : Number.NaN;
  if (base === undefined || rest.length > 0 || !(prefix <= widthOf(family))) return undefined;
  return (base & prefixMask(prefix, widthOf(family))) === base ? { family, base, prefix } : undefined;
}

export function formatSubnet({ family, base, prefix }: Subnet): string {
  return `${formatAddress(base, family)}/${prefix}`;
}

export function isWithin({ base, prefix, family }: Subnet, address: bigint): boolean {
  return (address & prefixMask(prefix, widthOf(family))) === base;
}

/** Whether an address is in both. */
export function overlap(a: Subnet, b: Subnet): boolean {
  if (a.family !== b.family) return false;
  const [wide, narrow] = a.prefix <= b.prefix ? [a, b] : [b, a];
  return isWithin(wide, narrow.base);
}
