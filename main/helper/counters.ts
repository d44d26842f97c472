import * as z from 'zod';
import type { HelperFailure } from '../../shared/plan/helper-failure.ts';
import type { RuleCounter } from '../../shared/plan/helper-protocol.ts';
import { lateSchema } from '../../shared/plan/late-schema.ts';
import { fail, type Outcome, succeed } from '../../shared/plan/outcome.ts';
import { objectNameOf, ownTable } from '../../shared/plan/own-names.ts';
import { type TableFamily, tableFamilies } from '../../shared/plan/table-families.ts';
import { explainQueryFailure } from './kernel-failure.ts';
import type { Nft } from './nft.ts';

const countSchema = lateSchema(() => z.object({ counter: z.object({ packets: z.int(), bytes: z.int() }) }));
const listingSchema = lateSchema(() =>
  z.object({
    nftables: z.array(
      z.object({
        rule: z.object({ chain: z.string(), comment: z.string().optional(), expr: z.array(z.unknown()) }).optional(),
      }),
    ),
  }),
);

const verdicts = ['accept', 'drop', 'return', 'reject', 'jump', 'goto'] as const;

/** Every counting rule of both tables, in their order. */
export async function readCounters(nft: Nft): Promise<Outcome<readonly RuleCounter[], HelperFailure>> {
  const counters: RuleCounter[] = [];
  for (const family of tableFamilies) {
    // -t leaves out the elements, which are many and are not asked for.
    const listing = await nft.run(['-j', '-t', 'list', 'table', family, ownTable]);
    if (listing.ok) counters.push(...parseCounters(family, listing.value));
    else if (listing.failure.kind !== 'refused' || !listing.failure.stderr.includes('No such file or directory')) {
      return fail(explainQueryFailure(listing.failure));
    }
  }
  return succeed(counters);
}

/** Reads what `nft -j list table` prints; rules without a counter are left out. */
export function parseCounters(family: TableFamily, listing: string): readonly RuleCounter[] {
  const { nftables } = listingSchema.parse(JSON.parse(listing));
  return nftables.flatMap(({ rule }) => {
    if (rule === undefined) return [];
    // What nft has no JSON for comes as a string of its own making.
    const parts = rule.expr.filter((part) => typeof part === 'object' && part !== null);
    const count = parts.map((part) => countSchema.safeParse(part)).find(({ success }) => success)?.data?.counter;
    if (count === undefined) return [];
    const verdict = verdicts.find((word) => parts.some((part) => word in part));
    return [
      {
        family,
        chain: objectNameOf(rule.chain),
        ...(rule.comment === undefined ? {} : { comment: rule.comment }),
        ...(verdict === undefined ? {} : { verdict }),
        packets: count.packets,
        bytes: count.bytes,
      },
    ];
  });
}
