import { acceptMatches, isOfFamily } from '../../../shared/plan/host-firewall/accept-matches.ts';
import { findDefaults } from '../../../shared/plan/host-firewall/find-defaults.ts';
import { hasOwnSettings, isKillSwitch } from '../../../shared/plan/host-firewall/foreign-keepers.ts';
import type { HostHook, HostTable } from '../../../shared/plan/host-firewall/host-rules.ts';
import { matchWords } from '../../../shared/plan/host-firewall/normal-match.ts';
import { ownComment } from '../../../shared/plan/host-firewall/own-mark.ts';
import type { Accept, Cure, NetworkSetup } from '../../../shared/plan/network-setup.ts';

/** An accept with the comment of its network. */
export interface OwnRule {
  readonly accept: Accept;
  readonly comment: string;
}

/** Our rules for one chain: before all others, and before the rule number `at` of the others' (see `HostDefault`). */
export interface ChainWish {
  readonly head: readonly OwnRule[];
  readonly tail: readonly OwnRule[];
  readonly at: number;
}

/** What networks want in a table, by chain; a chain that is not named wants nothing. `table` is without our own rules. */
export function wantedRules(
  table: HostTable,
  wanted: ReadonlyMap<string, NetworkSetup>,
): ReadonlyMap<string, ChainWish> {
  const wishes = new Map<string, ChainWish>();
  const wishFor = (chain: string) => wishes.get(chain) ?? { head: [], tail: [], at: 0 };
  const networks = [...wanted].sort(([a], [b]) => (a < b ? -1 : 1));
  if (table.owned) return wishes;
  for (const [network, { accepts, cures }] of networks) {
    for (const cure of cures) {
      if (cure.cure !== 'accept-first' || !isOn(cure, table) || !table.chains.has(cure.chain)) continue;
      const wish = wishFor(cure.chain);
      const rules = acceptsOf(network, accepts, table, cure.hook);
      wishes.set(cure.chain, { ...wish, head: distinct([...wish.head, ...rules], table) });
    }
  }
  if (hasOwnSettings(table)) return wishes;
  const killSwitch = isKillSwitch(table);
  for (const { hook, chain, at } of findDefaults(table)) {
    const tail = networks.flatMap(([network, { accepts, link }]) =>
      acceptsOf(network, accepts, table, hook).filter(({ accept }) => !killSwitch || staysOnHost(accept, link?.bridge)),
    );
    const wish = wishFor(chain);
    wishes.set(chain, { ...wish, tail: distinct([...wish.tail, ...tail], table), at });
  }
  return wishes;
}

/** A rule as it is compared with a listed one. */
export function ruleWords({ accept, comment }: OwnRule, table: HostTable): string {
  return `${matchWords(acceptMatches(accept, table.family))} ${comment}`;
}

function acceptsOf(network: string, accepts: readonly Accept[], table: HostTable, hook: HostHook): readonly OwnRule[] {
  const comment = ownComment(network);
  return accepts
    .filter((accept) => accept.hook === hook && isOfFamily(accept, table.family))
    .map((accept) => ({ accept, comment }));
}

function distinct(rules: readonly OwnRule[], table: HostTable): readonly OwnRule[] {
  return [...new Map(rules.map((rule) => [ruleWords(rule, table), rule])).values()];
}

/** What a VPN's kill switch need not fear: it comes from guests and ends at the host, or goes to the bridge. */
function staysOnHost({ hook, iif, oif }: Accept, bridge: string | undefined): boolean {
  if (hook === 'input') return true;
  return bridge !== undefined && oif === bridge && (hook === 'output' || iif === bridge);
}

function isOn(cure: Extract<Cure, { cure: 'accept-first' }>, { tool, family, name }: HostTable): boolean {
  const cureTool = tool === 'iptables-legacy' ? (family === 'ip' ? tool : 'ip6tables-legacy') : 'nft';
  return cure.tool === cureTool && cure.family === family && cure.table === name;
}
