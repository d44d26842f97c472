import fc from 'fast-check';
import { nftablesBackend } from '../../../main/compiler/backends/nftables/nftables-backend.ts';
import { printFilter } from '../../../main/compiler/parse/print-filter.ts';
import type { Policy } from '../../../main/compiler/policy/policy.ts';
import { resolvePolicy } from '../../../main/compiler/resolve/resolve-policy.ts';
import type { FilterDocument } from '../../../shared/nwfilter/filter-document.ts';
import { judgeFrames } from '../../conformance/judge-frames.ts';
import type { Bench, BenchFrame } from '../rig/bench.ts';
import type { RulesInForce } from '../rig/rules-in-force.ts';
import { aimFrames } from './aim-frames.ts';
import { arbitraryFilters, type FilterTree } from './arbitrary-filters.ts';
import { absent, guest, type Nic, peer } from './bench-world.ts';
import { createDice } from './dice.ts';

/** The tree's policy for a NIC; undefined where its values do not fit together, such as lists of two lengths under one iterator. */
function policyFor(
  { device, mac, parameters }: Nic,
  tree: FilterTree,
  { abilities }: RulesInForce,
): Policy | undefined {
  const resolved = resolvePolicy(tree.get('top') as FilterDocument, { device, mac, parameters }, (name) =>
    tree.get(name),
  );
  if (!resolved.ok) {
    const other = resolved.diagnostics.filter(({ code }) => code !== 'unequal-lists');
    if (other.length > 0) throw new Error(other.map(({ message }) => message).join('\n'));
    return undefined;
  }
  const refused = nftablesBackend.refuse(resolved.value, abilities);
  if (refused.length > 0) throw new Error(refused.map(({ message }) => message).join('\n'));
  return resolved.value;
}

export interface Trial {
  readonly tree: FilterTree;
  /** Whether the peer's NIC has the filter too; a NIC that never sends shares the rules in any case. */
  readonly both: boolean;
  readonly throws: readonly number[];
}

export const arbitraryTrial: fc.Arbitrary<Trial> = fc.record({
  tree: arbitraryFilters,
  both: fc.constantFrom(false, false, true),
  throws: fc.array(fc.nat(), { minLength: 24, maxLength: 32 }),
});

/** A trial as a person reads it. */
export const showTrial = ({ tree, both }: Trial): string =>
  [...[...tree.values()].map(printFilter), both ? 'for both NICs' : 'for the guest'].join('\n');

/** Frames on which kernel and evaluator do not agree. */
export async function disagreements(
  bench: Bench,
  rules: RulesInForce,
  { tree, both, throws }: Trial,
): Promise<readonly string[]> {
  const own = policyFor(guest, tree, rules);
  const other = policyFor(peer, tree, rules);
  const idle = policyFor(absent, tree, rules);
  if (own === undefined || other === undefined || idle === undefined) return [];
  const peerPolicy = both ? other : undefined;
  const filtered = peerPolicy === undefined ? [own] : [own, peerPolicy];
  const frames: readonly BenchFrame[] = throws.flatMap((seed) => aimFrames(filtered, createDice(seed)));
  await rules.replace([...filtered, idle]);
  const expected = judgeFrames(own, frames, peerPolicy);
  return frames.flatMap((frame, at) => {
    const verdict = bench.verdict(frame);
    return verdict === expected[at]
      ? []
      : [`${at}: kernel ${verdict}, evaluator ${expected[at]}, ${frame.dir} ${frame.hex}`];
  });
}
