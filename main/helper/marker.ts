import { createHash } from 'node:crypto';
import type { HelperFailure } from '../../shared/plan/helper-failure.ts';
import { fail, type Outcome, succeed } from '../../shared/plan/outcome.ts';
import { generationSet, ownTableIn } from '../../shared/plan/own-names.ts';
import type { Plan } from '../../shared/plan/plan.ts';
import { explainQueryFailure } from './kernel-failure.ts';
import type { Nft, NftFailure } from './nft.ts';

/** Markers by generation, as the kernel shows them. */
export type Markers = ReadonlyMap<number, string>;

const hashDigits = 32;

/** What tells this plan, as this generation, from all others. */
export function makeMarker(generation: number, plan: Plan): string {
  return `${generation} ${hashPlan(plan)}`;
}

export function hashPlan(plan: Plan): string {
  return createHash('sha256').update(JSON.stringify(plan)).digest('hex').slice(0, hashDigits);
}

/**
 * All markers that stand in the kernel; none where the tables are gone. nft 1.0.6 fetches the elements of this one set for it; for
 * `get element` it would fetch those of all.
 */
export async function listMarkers(nft: Nft): Promise<Outcome<Markers, HelperFailure>> {
  return readMarkers(await nft.query(`list set ${ownTableIn('bridge')} ${generationSet}`));
}

function readMarkers(listing: Outcome<string, NftFailure>): Outcome<Markers, HelperFailure> {
  if (listing.ok) {
    const found = listing.value.matchAll(/0x([0-9a-f]{8}) comment "([^"\n]*)"/g);
    return succeed(new Map(Array.from(found, ([, key = '', marker = '']) => [Number.parseInt(key, 16), marker])));
  }
  const { failure } = listing;
  const missing = failure.kind === 'refused' && failure.stderr.includes('No such file or directory');
  return missing ? succeed(new Map()) : fail(explainQueryFailure(failure));
}

/** The marker of the highest generation; undefined where there is none. */
export function newestMarker(markers: Markers): string | undefined {
  return markers.get(Math.max(...markers.keys()));
}
