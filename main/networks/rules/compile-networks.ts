import type { Match, Rule, Ruleset, SetDefinition, Statement } from '../../../shared/plan/ruleset.ts';
import type { ResolvedNetwork } from '../resolved-network.ts';
import { dnatRules } from './dnat-rules.ts';
import { forwardFrom, forwardTo } from './forward-chains.ts';
import { forwardsLoopback } from './forwards-loopback.ts';
import { inputChain } from './input-chain.ts';
import { addressField, addressIs, comesBy, inSubnet } from './matches.ts';
import { accept, drop, reject, ruleWriter } from './network-rule.ts';
import { parseSubnet } from './own-subnet.ts';
import { posingRules } from './posing-rules.ts';
import { hairpinRules, sourceTranslations } from './snat-chains.ts';
import { TableBuilder } from './table-builder.ts';

const verdicts: SetDefinition = { kind: 'verdicts', key: 'ifname', fields: [] };
const families = ['ipv4', 'ipv6'] as const;
const numberOf = { ipv4: '4', ipv6: '6' } as const;
const loopback4 = parseSubnet('127.0.0.0/8');
const isLocal: Match = { match: 'address-type', side: 'daddr', operator: '==', type: 'local' };

const shared = (comment: string, matches: readonly Match[], statement: Statement): Rule => ({
  comment: `net:${comment}`,
  matches: [...matches],
  counter: false,
  statement,
});

/** A bridge of the host's own may well be its way to the LAN. */
const isOwn = ({ forward }: ResolvedNetwork): boolean => forward.mode !== 'bridge';
/** No rules are promised for an open network, nor for a bridge of the host's own. */
const isJudged = ({ forward }: ResolvedNetwork): boolean => forward.mode !== 'open' && forward.mode !== 'bridge';

/** The addresses of all bridges, and those of each: no guest reaches the bridge of another network. */
function addBridges(builder: TableBuilder, networks: readonly ResolvedNetwork[]): void {
  for (const family of families) {
    const fields = [addressField(family, 'saddr')];
    builder.set(`net_bridges_${numberOf[family]}`, { kind: 'values', key: 'none', fields: [...fields] });
    builder.set(`net_own_${numberOf[family]}`, { kind: 'values', key: 'ifname', fields: [...fields] });
  }
  for (const { bridge, ips } of networks) {
    for (const { family, address } of ips) {
      builder.add(`net_bridges_${numberOf[family]}`, { port: '*', values: [address] });
      builder.add(`net_own_${numberOf[family]}`, { port: bridge.name, values: [address] });
    }
  }
}

/** Packets are led by device into the chains of the network that they come from, then of the one that they go to. */
function addFilters(builder: TableBuilder, networks: readonly ResolvedNetwork[]): void {
  for (const map of ['net_from', 'net_to', 'net_input', 'net_refused']) builder.set(map, verdicts);
  builder.fixed('net_refuse', [shared('other-networks', [], reject)]);
  for (const { bridge } of networks.filter(isOwn)) {
    builder.add('net_refused', { port: bridge.name, values: [], chain: 'net_refuse' });
  }
  for (const network of networks.filter(isJudged)) {
    const port = network.bridge.name;
    builder.add('net_from', { port, values: [], chain: builder.leaf('from', forwardFrom(network)), returns: true });
    builder.add('net_to', { port, values: [], chain: builder.leaf('to', forwardTo(network)) });
    builder.add('net_input', { port, values: [], chain: builder.leaf('input', inputChain(network)) });
  }
  builder.hook('net_forward', 'network-forward', [
    shared('from', [], { do: 'dispatch', key: 'iifname', map: 'net_from' }),
    shared('to', [], { do: 'dispatch', key: 'oifname', map: 'net_to' }),
  ]);
  builder.hook('net_host', 'network-input', [
    ...networks.flatMap((network) => posingRules(network, toBridges)),
    shared('input', [], { do: 'dispatch', key: 'iifname', map: 'net_input' }),
  ]);
}

/** Asked for at any network's bridge. */
function toBridges(family: 'ipv4' | 'ipv6'): Match {
  const fields = [addressField(family, 'daddr')];
  return { match: 'lookup', key: 'none', fields, set: `net_bridges_${numberOf[family]}`, negated: false };
}

/** Guests do not come through a forward by the address of another network's bridge, which is none of theirs. */
function otherBridges(family: 'ipv4' | 'ipv6'): readonly Match[] {
  const fields = [addressField(family, 'daddr')];
  return [
    toBridges(family),
    { match: 'lookup', key: 'iifname', fields, set: `net_own_${numberOf[family]}`, negated: true },
  ];
}

function addForwards(builder: TableBuilder, networks: readonly ResolvedNetwork[]): void {
  const forwarding = networks.flatMap((network) => {
    const rules = dnatRules(network);
    return rules.length === 0 ? [] : [{ network, chain: builder.leaf('forwards', rules) }];
  });
  if (forwarding.length === 0) return;
  builder.set('net_guests', verdicts);
  builder.fixed(
    'net_kept',
    families.map((family) => shared('other-bridge', otherBridges(family), accept)),
  );
  for (const { bridge } of networks.filter(isJudged)) {
    builder.add('net_guests', { port: bridge.name, values: [], chain: 'net_kept' });
  }
  builder.fixed('net_asking', [shared('guests', [], { do: 'dispatch', key: 'iifname', map: 'net_guests' })]);
  builder.hook('net_dnat', 'network-dnat', [
    shared('guests', [], { do: 'jump', chain: 'net_asking' }),
    ...forwarding.map(({ network: { forward, bridge }, chain }) =>
      // An isolated network is reached by its own guests and the host, not by the LAN.
      shared('forwards', [...(forward.mode === 'isolated' ? [comesBy(bridge.name)] : []), isLocal], {
        do: 'jump',
        chain,
      }),
    ),
  ]);
  const asked: readonly Match[] = [
    inSubnet(loopback4, 'daddr', '!='),
    // Other addresses of 127.0.0.0/8 are resolvers' and the like.
    addressIs('ipv4', 'daddr', '127.0.0.1'),
    // The answer would have to come in by a bridge, and the kernel looks for ::1 on lo alone (rt6_need_strict): better refused than lost.
    addressIs('ipv6', 'daddr', '::1', '!='),
  ];
  builder.hook(
    'net_dnat_host',
    'network-dnat-host',
    forwarding.flatMap(({ chain }) =>
      asked.map((match) => shared('forwards', [match, isLocal], { do: 'jump', chain })),
    ),
  );
}

/**
 * For the answers to what the host has asked at 127.0.0.1 the kernel lets loopback addresses in by the bridge (route_localnet). Those answers are
 * turned back later; whoever names such an address himself reaches for services of the host that are for the host alone.
 */
function addLoopbackGuard(builder: TableBuilder, networks: readonly ResolvedNetwork[]): void {
  builder.hook(
    'net_guard',
    'network-guard',
    networks
      .filter(forwardsLoopback)
      .flatMap(({ name, bridge }) =>
        (['daddr', 'saddr'] as const).map((side) =>
          ruleWriter(name)('loopback', [comesBy(bridge.name), inSubnet(loopback4, side)], drop),
        ),
      ),
  );
}

function addTranslations(builder: TableBuilder, networks: readonly ResolvedNetwork[]): void {
  builder.hook('net_snat', 'network-snat', [
    ...networks.flatMap(hairpinRules),
    ...networks
      .flatMap(sourceTranslations)
      .map(({ matches, rules }) => shared('nat', matches, { do: 'jump', chain: builder.leaf('nat', rules) })),
  ]);
}

/**
 * The rules of all started networks, to stand in the inet table beside those of the filters. An accept here ends these chains alone: a drop of another
 * table's still counts. DHCP's checksums stay as they are: they are whole on every TAP but those
 * whose guest finishes checksums itself, and nft could only clear them, which the kernel adds up to a false one on all others.
 */
export function compileNetworks(networks: readonly ResolvedNetwork[]): Ruleset['inet'] {
  const builder = new TableBuilder();
  if (networks.length === 0) return builder.build();
  addBridges(builder, networks);
  addFilters(builder, networks);
  addLoopbackGuard(builder, networks);
  addForwards(builder, networks);
  addTranslations(builder, networks);
  return builder.build();
}
