import type { Match, Rule } from '../../../shared/plan/ruleset.ts';
import type { ResolvedNetwork } from '../resolved-network.ts';
import { comesBy, inSubnet } from './matches.ts';
import { drop, ruleWriter } from './network-rule.ts';
import { ownSubnets } from './own-subnet.ts';

/**
 * Nobody but the network's guests, and the host itself, asks for something at a bridge with a source of the network's subnets. What is sent to the
 * host's other addresses is let be: when the machine joins a LAN of the same subnet, the host must not lose it.
 */
export function posingRules(network: ResolvedNetwork, toBridges: (family: 'ipv4' | 'ipv6') => Match): readonly Rule[] {
  const write = ruleWriter(network.name);
  if (network.forward.mode === 'lan' || network.forward.mode === 'open') return [];
  const elsewhere = [comesBy(network.bridge.name, '!='), comesBy('lo', '!=')];
  return ownSubnets(network).map((subnet) =>
    write('posing', [inSubnet(subnet, 'saddr'), ...elsewhere, toBridges(subnet.family)], drop),
  );
}
