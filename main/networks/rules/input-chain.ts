import type { Match, Rule } from '../../../shared/plan/ruleset.ts';
import type { ResolvedNetwork } from '../resolved-network.ts';
import { addressField, addressIs, established, familyIs, inSubnet, portsAre, protocolIs } from './matches.ts';
import { back, drop, reject, ruleWriter } from './network-rule.ts';
import { type OwnSubnet, ownSubnets, parseSubnet } from './own-subnet.ts';

const linkLocal = parseSubnet('fe80::/10');
const port = (number: number) => ({ low: number, high: number });

/** ICMPv6 without which there is no IPv6 at all: neighbours and routers (RFC 4861), multicast listeners (RFC 2710, 3810). */
const icmpv6Types = [
  ['130', '132'],
  ['133', '136'],
  ['143', '143'],
] as const;

/** Sources that are none of a guest's: DHCP is asked for from 0.0.0.0, and a new IPv6 address from ::. */
function falseSources(subnets: readonly OwnSubnet[]): readonly (readonly Match[])[] {
  const [v4, v6] = (['ipv4', 'ipv6'] as const).map((family) =>
    subnets.filter((subnet) => subnet.family === family).map((subnet) => inSubnet(subnet, 'saddr', '!=')),
  ) as [Match[], Match[]];
  return [
    [...v4, addressIs('ipv4', 'saddr', '0.0.0.0', '!=')],
    [
      addressIs('ipv4', 'saddr', '0.0.0.0'),
      protocolIs('udp'),
      { match: 'compare', field: 'th dport', operator: '!=', value: '67' },
    ],
    [addressIs('ipv4', 'saddr', '0.0.0.0'), { match: 'compare', field: 'meta l4proto', operator: '!=', value: '17' }],
    [...v6, inSubnet(linkLocal, 'saddr', '!='), addressIs('ipv6', 'saddr', '::', '!=')],
    // The kernel itself refuses this for IPv4. What a host sends to a group comes back to it by the bridge and is no lie.
    [
      familyIs('ipv6'),
      { match: 'address-type', side: 'saddr', operator: '==', type: 'local' },
      { match: 'address-type', side: 'daddr', operator: '==', type: 'local' },
    ],
  ];
}

/** Services that a network has of its own, whatever else is closed. */
function ownServices(network: ResolvedNetwork): readonly (readonly Match[])[] {
  const tftp = network.ips.some(({ tftpRoot }) => tftpRoot !== undefined);
  return [
    [familyIs('ipv4'), ...portsAre('udp', port(67))],
    [familyIs('ipv6'), ...portsAre('udp', port(547))],
    ...(network.dns.enabled ? [portsAre('udp', port(53)), portsAre('tcp', port(53))] : []),
    ...(tftp ? [portsAre('udp', port(69))] : []),
    ...icmpv6Types.map(([low, high]): readonly Match[] => [
      { match: 'range', field: 'icmpv6 type', operator: '==', low, high },
    ]),
  ];
}

/** What guests send to the host itself. */
export function inputChain(network: ResolvedNetwork): readonly Rule[] {
  const write = ruleWriter(network.name);
  const subnets = ownSubnets(network);
  // Without an address the host is not part of the network, and has nothing to say to its guests.
  if (subnets.length === 0) return [write('no-address', [], drop)];
  const { openings, reach } = network.settings;
  const notOwn = (family: 'ipv4' | 'ipv6'): readonly Match[] => {
    const fields = [addressField(family, 'daddr')];
    const number = family === 'ipv4' ? '4' : '6';
    return [
      { match: 'lookup', key: 'none', fields, set: `net_bridges_${number}`, negated: false },
      { match: 'lookup', key: 'iifname', fields, set: `net_own_${number}`, negated: true },
    ];
  };
  const always = [
    ...(['ipv4', 'ipv6'] as const).map((family) => write('other-bridge', notOwn(family), reject)),
    ...falseSources(subnets).map((matches) => write('source', matches, drop)),
  ];
  if (openings === undefined && reach.host) return always;
  return [
    ...always,
    write('established', [established], back),
    ...ownServices(network).map((matches) => write('own-service', matches, back)),
    ...(openings ?? []).map(({ protocol, ports }) => write('opening', portsAre(protocol, ports), back)),
    write('closed', [], reject),
  ];
}
