import { formatIpAddress } from '../../../shared/net/ip-address.ts';
import { lastOf, type Subnet } from '../../../shared/net/subnet.ts';
import type { Dhcp } from '../../../shared/network/network-document.ts';

const span = { file: 'new network', line: 1, column: 1, length: 0 };
/** As long as dnsmasq's leases of IPv4; those of IPv6 would last a day, and so would an address whose guest was installed anew. */
const lease = 3600;
const [low, high] = [0x1000n, 0x1fffn];

/** 4096 addresses for DHCPv6, what is below being for those that people choose; undefined where dnsmasq serves no such subnet, or it is too small. */
export function dhcpv6Range(subnet: Subnet): Dhcp | undefined {
  const { family, base, prefix } = subnet;
  if (family !== 'ipv6' || prefix < 64 || base + high > lastOf(subnet)) return undefined;
  const at = (offset: bigint): string => formatIpAddress({ family, value: base + offset });
  return { ranges: [{ low: at(low), high: at(high), lease, span }], hosts: [], bootp: undefined };
}
