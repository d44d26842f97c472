import { formatIpv4, parseIpv4 } from '../../../shared/net/ipv4.ts';
import { formatIpv6, parseIpv6 } from '../../../shared/net/ipv6.ts';
import { prefixMask } from '../../../shared/net/netmask.ts';
import type { IpFamily } from '../../../shared/network/network-document.ts';
import type { ResolvedNetwork } from '../resolved-network.ts';

/** A subnet in the words of rules: `10.0.0.0`, `255.255.255.0` and `10.0.0.0/24`. */
export interface OwnSubnet {
  readonly family: IpFamily;
  readonly network: string;
  readonly mask: string;
  readonly cidr: string;
}

const notations = {
  ipv4: { bits: 32, parse: parseIpv4, format: formatIpv4 },
  ipv6: { bits: 128, parse: parseIpv6, format: formatIpv6 },
} as const;

export const familyOf = (address: string): IpFamily => (address.includes(':') ? 'ipv6' : 'ipv4');

/** The subnet of this prefix length around an address. */
export function subnetOf(address: string, prefix: number): OwnSubnet {
  const family = familyOf(address);
  const { bits, parse, format } = notations[family];
  const value = parse(address);
  if (value === undefined) throw new Error(`${address} is no address.`);
  const mask = prefixMask(prefix, bits);
  const network = format(value & mask);
  return { family, network, mask: format(mask), cidr: `${network}/${prefix}` };
}

/** `10.0.0.0/24` as a subnet. */
export function parseSubnet(cidr: string): OwnSubnet {
  const [address = '', prefix = ''] = cidr.split('/');
  return subnetOf(address, Number(prefix));
}

export function contains({ family, network, mask }: OwnSubnet, address: string): boolean {
  if (familyOf(address) !== family) return false;
  const { parse } = notations[family];
  const [value, start, bits] = [parse(address), parse(network), parse(mask)];
  return value !== undefined && start !== undefined && bits !== undefined && (value & bits) === start;
}

/** The subnets that a network's guests have addresses of, each once: its own, or in mode lan those of the LAN. */
export function ownSubnets({ forward, ips, uplink }: ResolvedNetwork): readonly OwnSubnet[] {
  const all =
    forward.mode === 'lan'
      ? (uplink?.subnets ?? []).map(parseSubnet)
      : ips.map(({ address, prefix }) => subnetOf(address, prefix));
  return [...new Map(all.map((subnet) => [subnet.cidr, subnet])).values()];
}
