import { formatIpAddress, type IpFamily, parseIpAddress } from '../../../shared/net/ip-address.ts';
import {
  formatSubnet,
  isWithin,
  maskOf,
  parseSubnet as readSubnet,
  type Subnet,
  subnetAround,
} from '../../../shared/net/subnet.ts';
import type { ResolvedNetwork } from '../resolved-network.ts';

/** A subnet in the words of rules: `10.0.0.0`, `255.255.255.0` and `10.0.0.0/24`. */
export interface OwnSubnet {
  readonly family: IpFamily;
  readonly network: string;
  readonly mask: string;
  readonly cidr: string;
}

export const familyOf = (address: string): IpFamily => (address.includes(':') ? 'ipv6' : 'ipv4');

function inWords(subnet: Subnet): OwnSubnet {
  const { family, base } = subnet;
  return {
    family,
    network: formatIpAddress({ family, value: base }),
    mask: formatIpAddress({ family, value: maskOf(subnet) }),
    cidr: formatSubnet(subnet),
  };
}

/** The subnet of this prefix length around an address. */
export function subnetOf(address: string, prefix: number): OwnSubnet {
  return inWords(subnetAround(address, prefix));
}

/** `10.0.0.0/24` as a subnet. */
export function parseSubnet(cidr: string): OwnSubnet {
  const [address = '', prefix = ''] = cidr.split('/');
  return subnetOf(address, Number(prefix));
}

export function contains({ cidr }: OwnSubnet, address: string): boolean {
  const [subnet, found] = [readSubnet(cidr), parseIpAddress(address)];
  return subnet !== undefined && found !== undefined && isWithin(subnet, found);
}

/** The subnets that a network's guests have addresses of, each once: its own, or in mode lan those of the LAN. */
export function ownSubnets({ forward, ips, uplink }: ResolvedNetwork): readonly OwnSubnet[] {
  const all =
    forward.mode === 'lan'
      ? (uplink?.subnets ?? []).map(parseSubnet)
      : ips.map(({ address, prefix }) => subnetOf(address, prefix));
  return [...new Map(all.map((subnet) => [subnet.cidr, subnet])).values()];
}
