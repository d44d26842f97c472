import { formatIpv4, parseIpv4 } from '../../../shared/net/ipv4.ts';
import { formatIpv6, parseIpv6 } from '../../../shared/net/ipv6.ts';
import { prefixMask } from '../../../shared/net/netmask.ts';
import type { IpFamily } from '../../../shared/network/network-document.ts';

export interface IpAddress {
  readonly family: IpFamily;
  readonly value: bigint;
}

/** An address with the length of its subnet, as network documents have them. */
export interface SubnetText {
  readonly family: IpFamily;
  readonly address: string;
  readonly prefix: number;
}

export const addressBits: Readonly<Record<IpFamily, number>> = { ipv4: 32, ipv6: 128 };

/** Reads an address of either family; undefined where the text is none. */
export function parseIpAddress(text: string): IpAddress | undefined {
  const ipv4 = parseIpv4(text);
  if (ipv4 !== undefined) return { family: 'ipv4', value: ipv4 };
  const ipv6 = parseIpv6(text);
  return ipv6 === undefined ? undefined : { family: 'ipv6', value: ipv6 };
}

export function formatIpAddress({ family, value }: IpAddress): string {
  return family === 'ipv4' ? formatIpv4(value) : formatIpv6(value);
}

/** First and last address of a subnet, as numbers. */
export function subnetBounds({ family, address, prefix }: SubnetText): readonly [first: bigint, last: bigint] {
  const bits = addressBits[family];
  const mask = prefixMask(prefix, bits);
  const first = (parseIpAddress(address)?.value ?? 0n) & mask;
  return [first, first | ((1n << BigInt(bits)) - 1n - mask)];
}

export function isInSubnet(address: IpAddress, subnet: SubnetText): boolean {
  const [first, last] = subnetBounds(subnet);
  return address.family === subnet.family && address.value >= first && address.value <= last;
}

/** `10.0.0.0/24`, without what the address says beyond the prefix. */
export function formatSubnet(subnet: SubnetText): string {
  return `${formatIpAddress({ family: subnet.family, value: subnetBounds(subnet)[0] })}/${subnet.prefix}`;
}
