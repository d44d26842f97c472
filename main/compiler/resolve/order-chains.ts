import { type ChainPrefix, chainPriorities, etherTypeNames } from '../../../shared/nwfilter/protocols.ts';
import type { ChainJump, FrameRules, PolicyRule, Test } from '../policy/policy.ts';
import { bridgeGroupAddress } from './frame-tests.ts';
import { requires } from './test-builder.ts';

/** A rule on frames of one direction, before it has its place in a chain. */
export interface PlacedRule {
  readonly chain: string;
  readonly chainPriority: number;
  readonly priority: number;
  readonly rule: PolicyRule;
}

/** The protocol that a chain's name begins with; `root` is a whole name. */
export function chainPrefix(chain: string): ChainPrefix | undefined {
  if (chain === 'root') return 'root';
  const prefixes = Object.keys(chainPriorities) as ChainPrefix[];
  return prefixes.find((prefix) => prefix !== 'root' && chain.startsWith(prefix));
}

function jumpTest(chain: string): Test | undefined {
  const prefix = chainPrefix(chain);
  switch (prefix) {
    case 'stp':
      return requires('ether-destination', bridgeGroupAddress);
    case 'vlan':
    case 'arp':
    case 'rarp':
    case 'ipv4':
    case 'ipv6':
      return requires('ether-type', etherTypeNames[prefix]);
    default:
      return undefined;
  }
}

const byPriority = (a: { readonly priority: number }, b: { readonly priority: number }): number =>
  a.priority - b.priority;

/**
 * Puts rules into their chains by priority, in the order of the text where priorities are equal, and the jumps to the chains between root's
 * rules by the chains' priorities, before root's rules of the same priority. Filters that disagree on their chain's priority: the last rule's counts.
 */
export function orderChains(rules: readonly PlacedRule[]): FrameRules {
  const sorted = rules.toSorted(byPriority);
  const chains: Record<string, PolicyRule[]> = {};
  const priorities = new Map<string, number>();
  const root: PlacedRule[] = [];
  for (const placed of sorted) {
    if (placed.chain === 'root') {
      root.push(placed);
      continue;
    }
    chains[placed.chain] ??= [];
    chains[placed.chain]?.push(placed.rule);
    priorities.set(placed.chain, placed.chainPriority);
  }
  const jumps = [...priorities]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([chain, priority]) => ({ priority, jump: { chain, test: jumpTest(chain) } }))
    .toSorted(byPriority);

  const entries: (PolicyRule | ChainJump)[] = [];
  for (const { priority, rule } of root) {
    while (jumps[0] !== undefined && jumps[0].priority <= priority) {
      entries.push(jumps[0].jump);
      jumps.shift();
    }
    entries.push(rule);
  }
  entries.push(...jumps.map(({ jump }) => jump));
  return { root: entries, chains };
}
