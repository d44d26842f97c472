import type { Healing } from '../../../shared/plan/healing.ts';
import type { Emit } from '../../../shared/rpc/contract.ts';

/** Tells what was healed since the app was opened, each time once; what was before is in the journal. Given all that is known, again and again. */
export function tellHealings(emit: Emit): (healings: readonly Healing[]) => void {
  let told: string | undefined;
  return (healings) => {
    const newest =
      healings
        .map(({ at }) => at)
        .toSorted()
        .at(-1) ?? '';
    const before = told ?? newest;
    told = newest > before ? newest : before;
    for (const { at, what, names, by, outcome } of healings) {
      if (at <= before) continue;
      const program = by === undefined ? {} : { program: by.program };
      emit('health.healed', { at: Date.parse(at), what, names: [...names], ...program, outcome });
    }
  };
}
