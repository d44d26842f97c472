import { broadcastOf } from '../../../shared/plan/network-address.ts';
import { ownTable } from '../../../shared/plan/own-names.ts';

export interface Reflected {
  readonly bridge: string;
  readonly uplink: string;
  /** The uplink's own address: an access point takes frames from no other (IEEE 802.11, 3 addresses a frame). */
  readonly mac: string;
  readonly subnets: readonly string[];
}

const reflectTable = `netdev ${ownTable}`;

/** What is found by asking all. DHCP asks all too, but it has its relay. */
const pace = 'limit rate 200/second burst 400 packets';

/** Packets of the LAN's own sources that are for all: multicast DNS (RFC 6762) of either family, and broadcasts of IPv4. */
function sought(subnets: readonly string[]): readonly string[] {
  const ipv6 = subnets.filter((subnet) => subnet.includes(':'));
  return [
    ...subnets.flatMap((subnet) => {
      const broadcast = broadcastOf(subnet);
      if (broadcast === undefined) return [];
      return [
        `ip saddr ${subnet} ip daddr 224.0.0.251 udp dport 5353`,
        `ip saddr ${subnet} ip daddr { 255.255.255.255, ${broadcast} } udp dport != { 67, 68 }`,
      ];
    }),
    ...(ipv6.length === 0
      ? []
      : [`ip6 saddr { ${['fe80::/10', ...ipv6].join(', ')} } ip6 daddr ff02::fb udp dport 5353`]),
  ];
}

/**
 * Lines of nft(8) by which the kernel repeats on the other side what is sent to all: `dup` at ingress, under the uplink's address on its way out. The addresses
 * in the packets stay, for guests have addresses of the LAN; so answers come as to anybody there. From a guest only what comes from an address that is
 * routed to it (fib), so that nobody speaks as somebody else.
 */
export function reflectRules(networks: readonly Reflected[]): readonly string[] {
  const chain = (name: string, device: string) =>
    `add chain ${reflectTable} ${name} { type filter hook ingress device "${device}" priority 0; policy accept; }`;
  return [
    `add table ${reflectTable}`,
    `delete table ${reflectTable}`,
    ...(networks.length === 0 ? [] : [`add table ${reflectTable}`]),
    ...networks.flatMap(({ bridge, uplink, mac, subnets }, index) => [
      chain(`out_${index}`, bridge),
      chain(`in_${index}`, uplink),
      ...sought(subnets).flatMap((packets) => [
        `add rule ${reflectTable} out_${index} ${packets} fib saddr . iif oif "${bridge}" ${pace} ether saddr set ${mac} dup to "${uplink}"`,
        // An access point repeats for all what it was sent.
        `add rule ${reflectTable} in_${index} ether saddr != ${mac} ${packets} ${pace} dup to "${bridge}"`,
      ]),
    ]),
  ];
}
