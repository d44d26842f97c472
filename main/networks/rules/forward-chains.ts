import type { Match, Rule } from '../../../shared/plan/ruleset.ts';
import type { ResolvedNetwork } from '../resolved-network.ts';
import { findGuest } from './find-guest.ts';
import { addressIs, comesBy, established, familyIs, inSubnet, leavesBy, portsAre, turned } from './matches.ts';
import { back, drop, reject, ruleWriter } from './network-rule.ts';
import { familyOf, type OwnSubnet, ownSubnets, parseSubnet } from './own-subnet.ts';

const families = ['ipv4', 'ipv6'] as const;

/** What counts as somebody's LAN: RFC 1918, 6598, 3927, 4193 and 4291. */
const lanSubnets = [
  '10.0.0.0/8',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '100.64.0.0/10',
  '169.254.0.0/16',
  'fc00::/7',
  'fe80::/10',
].map(parseSubnet);

/** Packets of this family whose source is none of these subnets; every packet of the family where there is none. */
export function foreignSources(
  subnets: readonly OwnSubnet[],
  before: readonly Match[] = [],
): readonly (readonly Match[])[] {
  return families.map((family) => {
    const own = subnets.filter((subnet) => subnet.family === family);
    return [
      ...before,
      ...(own.length === 0 ? [familyIs(family)] : own.map((subnet) => inSubnet(subnet, 'saddr', '!='))),
    ];
  });
}

/** The reach switches: new connections to what is switched off are refused. */
function reachRules({ name, settings: { reach } }: ResolvedNetwork): readonly Rule[] {
  const write = ruleWriter(name);
  const lan = reach.lan ? [] : lanSubnets.map((subnet) => write('no-lan', [inSubnet(subnet, 'daddr')], reject));
  const internet = reach.internet
    ? []
    : families.map((family) => {
        const inside = lanSubnets.filter((subnet) => subnet.family === family);
        return write(
          'no-internet',
          inside.map((subnet) => inSubnet(subnet, 'daddr', '!=')),
          reject,
        );
      });
  return [...lan, ...internet];
}

/** Where a network's packets go when they leave it for good: through the forward device, or the LAN's. */
function outwardRules(network: ResolvedNetwork): readonly Rule[] {
  const write = ruleWriter(network.name);
  const { mode, dev } = network.forward;
  if (mode === 'isolated') return [write('isolated', [], reject)];
  const device = mode === 'lan' ? network.uplink?.device : dev;
  if (mode === 'lan' && device === undefined) return [write('no-uplink', [], reject)];
  const others: readonly Rule[] =
    mode === 'nat'
      ? [
          // A connection that a port forward has turned was one to the host.
          ...(network.settings.reach.host ? [write('forwards', [turned], back)] : []),
          write('other-networks', [], { do: 'dispatch', key: 'oifname', map: 'net_refused' }),
        ]
      : [];
  const replies: Match = { match: 'ct-direction', direction: 'reply' };
  if (device === undefined) return [write('established', [established], back), ...others, ...reachRules(network)];
  return [
    // Answers go back to where the question came from; anything else, also of a connection that stands, by the device alone.
    write('answers', [established, replies], back),
    ...others,
    write('other-device', [leavesBy(device, '!=')], reject),
    write('established', [established], back),
    ...reachRules(network),
  ];
}

/**
 * Addresses of the host's, and in mode lan of the LAN's router, that no guest may speak as. The kernel sees to the host's own IPv4 addresses alone
 * (ip_route_input_slow).
 */
function takenSources({ forward, uplink }: ResolvedNetwork): readonly (readonly Match[])[] {
  const reserved = forward.mode === 'lan' ? (uplink?.reserved ?? []) : [];
  return [
    [{ match: 'lookup', key: 'iifname', fields: ['ip6 saddr'], set: 'net_own_6', negated: false }],
    ...reserved.map((address) => [addressIs(familyOf(address), 'saddr', address)]),
  ];
}

/** What guests send and the host would forward. */
export function forwardFrom(network: ResolvedNetwork): readonly Rule[] {
  const write = ruleWriter(network.name);
  const bridge = network.bridge.name;
  const subnets = ownSubnets(network);
  const itself = leavesBy(bridge);
  const { mode, dev } = network.forward;
  // Nearly every packet there is: what the rules below would say of it in the end, said at once.
  const quick =
    (mode === 'nat' || mode === 'route') && dev === undefined && network.settings.reach.guests
      ? subnets.filter(({ family }) => family === 'ipv4')
      : [];
  return [
    ...quick.map((subnet) => write('established', [inSubnet(subnet, 'saddr'), established], back)),
    // Bridged packets come here where br_netfilter is on; guests may send each other what they like, but not through the host's forwards.
    ...foreignSources(subnets, [itself, turned]).map((matches) => write('source', matches, drop)),
    write('guests', [itself], network.settings.reach.guests ? back : reject),
    ...[...foreignSources(subnets), ...takenSources(network)].map((matches) => write('source', matches, drop)),
    ...outwardRules(network),
  ];
}

/** New connections that a port forward leads to a guest. */
function forwardedRules(network: ResolvedNetwork): readonly Rule[] {
  const write = ruleWriter(network.name);
  return network.settings.forwards.flatMap((forward) =>
    findGuest(network, forward).map((address) =>
      write(
        'forward',
        [addressIs(familyOf(address), 'daddr', address), ...portsAre(forward.protocol, forward.guestPorts), turned],
        back,
      ),
    ),
  );
}

/** What the host would forward to guests. */
export function forwardTo(network: ResolvedNetwork): readonly Rule[] {
  const write = ruleWriter(network.name);
  const { mode, dev } = network.forward;
  const subnets = ownSubnets(network);
  const guests = write('guests', [comesBy(network.bridge.name)], back);
  if (mode === 'isolated') return [guests, write('isolated', [], reject)];
  const standing = subnets.map((subnet) => write('established', [inSubnet(subnet, 'daddr'), established], back));
  const device = mode === 'lan' ? network.uplink?.device : dev;
  const isOpen = mode === 'route' || (mode === 'lan' && device !== undefined);
  const opened = isOpen
    ? subnets.map((subnet) =>
        write('into', [...(device === undefined ? [] : [comesBy(device)]), inSubnet(subnet, 'daddr')], back),
      )
    : [];
  // Nobody else has an address of a guest's: a machine of the LAN could pass for a sibling.
  const posing = mode === 'lan' ? [] : subnets.map((subnet) => write('posing', [inSubnet(subnet, 'saddr')], drop));
  return [guests, ...standing, ...posing, ...opened, ...forwardedRules(network), write('nothing-new', [], reject)];
}
