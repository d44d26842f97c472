import type { Rule } from '../../../shared/plan/ruleset.ts';
import type { ResolvedNetwork } from '../resolved-network.ts';
import { comesBy, inSubnet } from './matches.ts';
import { drop, ruleWriter } from './network-rule.ts';
import { ownSubnets } from './own-subnet.ts';

/** Nobody but the network's guests, and the host itself, has a source of its subnets. */
export function sourceRules(network: ResolvedNetwork): readonly Rule[] {
  const write = ruleWriter(network.name);
  if (network.forward.mode === 'lan' || network.forward.mode === 'open') return [];
  return ownSubnets(network).map((subnet) =>
    write('posing', [inSubnet(subnet, 'saddr'), comesBy(network.bridge.name, '!='), comesBy('lo', '!=')], drop),
  );
}
