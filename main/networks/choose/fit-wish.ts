import { formatIpAddress } from '../../../shared/net/ip-address.ts';
import { lastOf, type Subnet } from '../../../shared/net/subnet.ts';
import type { IpBlock, NetworkDocument } from '../../../shared/network/network-document.ts';
import { dhcpv6Range } from './dhcpv6-range.ts';

const span = { file: 'command line', line: 1, column: 1, length: 0 };

/** The bridge's address first, then the rest, or of a large subnet the upper part, for DHCP; undefined where there is no room for a guest. */
function blockIn(subnet: Subnet): IpBlock | undefined {
  const { family, base, prefix } = subnet;
  const last = lastOf(subnet);
  const format = (value: bigint): string => formatIpAddress({ family, value });
  if (last - base < 3n) return undefined;
  const first = last - base >= 255n ? base + 100n : base + 2n;
  const range = { low: format(first), high: format(last - 1n), lease: undefined, span };
  return {
    family,
    address: format(base + 1n),
    prefix,
    localPtr: false,
    tftpRoot: undefined,
    dhcp: family === 'ipv6' ? dhcpv6Range(subnet) : { ranges: [range], hosts: [], bootp: undefined },
    span,
  };
}

/** Puts a subnet that the user named in the place of the one that was chosen; undefined where it is too small. */
export function withSubnet(document: NetworkDocument, subnet: Subnet): NetworkDocument | undefined {
  const block = blockIn(subnet);
  if (block === undefined) return undefined;
  const others = document.ips.filter(({ family }) => family !== subnet.family);
  if (subnet.family === 'ipv4') return { ...document, ips: [block, ...others] };
  return { ...document, ips: [...others, block], settings: { ...document.settings, slaac: subnet.prefix === 64 } };
}

/** IPv4 alone. */
export function withoutIpv6(document: NetworkDocument): NetworkDocument {
  return {
    ...document,
    forward: { ...document.forward, natIpv6: false },
    ips: document.ips.filter(({ family }) => family !== 'ipv6'),
    settings: { ...document.settings, slaac: false },
  };
}

/** The bridge has no address, and nobody on the host has one for the guests. */
export function withoutAddresses(document: NetworkDocument): NetworkDocument {
  return { ...withoutIpv6(document), ips: [], domain: undefined };
}
