import { formatIpv4, parseIpv4 } from './ipv4.ts';
import { formatIpv6, parseIpv6 } from './ipv6.ts';

export type IpFamily = 'ipv4' | 'ipv6';

/** An address of either family as a number of 32 or 128 bits. */
export interface IpAddress {
  readonly family: IpFamily;
  readonly value: bigint;
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
