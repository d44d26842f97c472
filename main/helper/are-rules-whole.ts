import * as z from 'zod';
import type { HelperFailure } from '../../shared/plan/helper-failure.ts';
import { lateSchema } from '../../shared/plan/late-schema.ts';
import { maxDepth } from '../../shared/plan/limits.ts';
import { fail, type Outcome, succeed } from '../../shared/plan/outcome.ts';
import { ownName, ownTable } from '../../shared/plan/own-names.ts';
import { parseJson } from '../../shared/plan/parse-json.ts';
import { tableFamilies } from '../../shared/plan/table-families.ts';
import { explainQueryFailure } from './kernel-failure.ts';
import type { Workspace } from './workspace.ts';

const objectSchema = z.object({ name: z.string() });
const listingSchema = lateSchema(() =>
  z.object({
    nftables: z.array(
      z.object({
        chain: objectSchema.optional(),
        set: objectSchema.optional(),
        map: objectSchema.optional(),
        rule: z.object({ chain: z.string() }).optional(),
      }),
    ),
  }),
);

/**
 * Whether every chain with its number of rules, and every set, stands in the kernel. The marker is in one of the two tables, and can outlive the other;
 * what stands in rules and sets is not compared, for nft's listing is no faithful copy of what was loaded.
 */
export async function areRulesWhole({
  nft,
  store,
}: Pick<Workspace, 'nft' | 'store'>): Promise<Outcome<boolean, HelperFailure>> {
  const ruleset = store.ruleset();
  for (const family of tableFamilies) {
    const listing = await nft.run(['-j', '-t', 'list', 'table', family, ownTable]);
    if (!listing.ok) {
      if (listing.failure.kind === 'refused' && listing.failure.stderr.includes('No such file')) return succeed(false);
      return fail(explainQueryFailure(listing.failure));
    }
    const standing = countRules(listing.value);
    const { chains, sets } = ruleset[family];
    const isWhole =
      Object.entries(chains).every(([name, { rules }]) => standing.get(`chain ${ownName(name)}`) === rules.length) &&
      Object.keys(sets).every((name) => standing.has(`set ${ownName(name)}`));
    if (!isWhole) return succeed(false);
  }
  return succeed(true);
}

/** Chains with the number of their rules, and sets. */
function countRules(listing: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const { nftables } = listingSchema.parse(parseJson(Buffer.from(listing), maxDepth)?.value);
  for (const { chain, set, map, rule } of nftables) {
    if (chain !== undefined) counts.set(`chain ${chain.name}`, counts.get(`chain ${chain.name}`) ?? 0);
    for (const found of [set, map]) if (found !== undefined) counts.set(`set ${found.name}`, 0);
    if (rule !== undefined) counts.set(`chain ${rule.chain}`, (counts.get(`chain ${rule.chain}`) ?? 0) + 1);
  }
  return counts;
}
