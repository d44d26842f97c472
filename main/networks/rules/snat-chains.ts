import type { Match, Rule, Statement } from '../../../shared/plan/ruleset.ts';
import type { ResolvedNetwork } from '../resolved-network.ts';
import { findGuest } from './find-guest.ts';
import { addressIs, inSubnet, leavesBy, protocolIs, turned } from './matches.ts';
import { back, ruleWriter } from './network-rule.ts';
import { familyOf, type OwnSubnet, ownSubnets, parseSubnet } from './own-subnet.ts';

const groups = { ipv4: parseSubnet('224.0.0.0/4'), ipv6: parseSubnet('ff00::/8') } as const;
/** Below 1024 are the ports that only root may take; some services trust them. */
const usualPorts = { low: 1024, high: 65_535 };

/** A packet that leaves the network's subnet, and the rules that it goes through. */
export interface SourceTranslation {
  readonly matches: readonly Match[];
  readonly rules: readonly Rule[];
}

function translate({ forward }: ResolvedNetwork, { family }: OwnSubnet, withPorts: boolean): Statement {
  const ports = withPorts ? { ports: forward.natPorts ?? usualPorts } : {};
  const { natAddress } = forward;
  if (natAddress === undefined || familyOf(natAddress.low) !== family) return { do: 'masquerade', ...ports };
  return { do: 'snat', family: family === 'ipv4' ? 'ip' : 'ip6', low: natAddress.low, high: natAddress.high, ...ports };
}

function translationRules(network: ResolvedNetwork, subnet: OwnSubnet): readonly Rule[] {
  const write = ruleWriter(network.name);
  const { family } = subnet;
  const own = ownSubnets(network).filter((other) => other.family === family);
  const kept: readonly (readonly Match[])[] = [
    ...own.map((other) => [inSubnet(other, 'daddr')]),
    [inSubnet(groups[family], 'daddr')],
    ...(family === 'ipv4' ? [[addressIs('ipv4', 'daddr', '255.255.255.255')]] : []),
  ];
  return [
    ...kept.map((matches) => write('keep-source', matches, back)),
    ...(['tcp', 'udp'] as const).map((protocol) =>
      write('nat', [protocolIs(protocol)], translate(network, subnet, true)),
    ),
    write('nat', [], translate(network, subnet, false)),
  ];
}

/** Sources that become the host's on their way out. */
export function sourceTranslations(network: ResolvedNetwork): readonly SourceTranslation[] {
  const { mode, natIpv6, dev } = network.forward;
  if (mode !== 'nat') return [];
  return ownSubnets(network)
    .filter(({ family }) => family === 'ipv4' || natIpv6)
    .map((subnet) => ({
      matches: [inSubnet(subnet, 'saddr'), ...(dev === undefined ? [] : [leavesBy(dev)])],
      rules: translationRules(network, subnet),
    }));
}

/**
 * A guest that reaches a sibling, or itself, through the host's forward must get the answer through the host; and what the host asked for with an
 * address of its own comes back even from a guest that has no way to the LAN.
 */
export function hairpinRules(network: ResolvedNetwork): readonly Rule[] {
  const write = ruleWriter(network.name);
  const isForwarding = network.settings.forwards.some((forward) => findGuest(network, forward).length > 0);
  if (!isForwarding || network.forward.mode === 'bridge') return [];
  const bridge = leavesBy(network.bridge.name);
  const fromSiblings = ownSubnets(network).map((subnet) =>
    write('hairpin', [bridge, inSubnet(subnet, 'saddr'), turned], { do: 'masquerade' }),
  );
  const fromHost: Match = { match: 'address-type', side: 'saddr', operator: '==', type: 'local' };
  return [...fromSiblings, write('hairpin', [bridge, turned, fromHost], { do: 'masquerade' })];
}
