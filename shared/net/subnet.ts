import { addressBits, formatIpAddress, type IpAddress, type IpFamily, parseIpAddress } from './ip-address.ts';
import { prefixMask } from './netmask.ts';

/** Addresses that have their first `prefix` bits in common with `base`. */
export interface Subnet {
  readonly family: IpFamily;
  /** The lowest address. */
  readonly base: bigint;
  readonly prefix: number;
}

export function maskOf({ family, prefix }: Pick<Subnet, 'family' | 'prefix'>): bigint {
  return prefixMask(prefix, addressBits[family]);
}

/** The subnet around an address; throws for what is no address, which whoever made the value has seen to. */
export function subnetAround(address: string, prefix: number): Subnet {
  const found = parseIpAddress(address);
  if (found === undefined) throw new Error(`${address} is no address.`);
  const { family, value } = found;
  return { family, base: value & maskOf({ family, prefix }), prefix };
}

/** Reads `10.1.2.0/24` or `fd00::/64`; undefined for anything else, bits behind the prefix included. */
export function parseSubnet(text: string): Subnet | undefined {
  const [address = '', length = '', ...rest] = text.split('/');
  const found = parseIpAddress(address);
  if (found === undefined || rest.length > 0 || !/^(?:0|[1-9][0-9]{0,2})$/.test(length)) return undefined;
  const { family, value } = found;
  const prefix = Number(length);
  if (prefix > addressBits[family]) return undefined;
  return (value & maskOf({ family, prefix })) === value ? { family, base: value, prefix } : undefined;
}

export function formatSubnet({ family, base, prefix }: Subnet): string {
  return `${formatIpAddress({ family, value: base })}/${prefix}`;
}

/** The highest address, which in IPv4 is everybody's. */
export function lastOf({ family, base, prefix }: Subnet): bigint {
  return base | ((1n << BigInt(addressBits[family] - prefix)) - 1n);
}

export function isWithin(subnet: Subnet, { family, value }: IpAddress): boolean {
  return family === subnet.family && (value & maskOf(subnet)) === subnet.base;
}

/** Whether an address is in both. */
export function overlap(a: Subnet, b: Subnet): boolean {
  const [wide, narrow] = a.prefix <= b.prefix ? [a, b] : [b, a];
  return isWithin(wide, { family: narrow.family, value: narrow.base });
}
