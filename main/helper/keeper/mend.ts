import type { HelperFailure } from '../../../shared/plan/helper-failure.ts';
import { type Outcome, succeed } from '../../../shared/plan/outcome.ts';
import { areRulesWhole } from '../are-rules-whole.ts';
import type { Start } from '../caller.ts';
import { noteHealing } from '../note-healing.ts';
import type { Places } from '../places.ts';
import { restoreNetworks, restoreRules } from '../restore.ts';
import { openWorkspace, type Workspace } from '../workspace.ts';
import { areSilent, readKeeperPid, setSilent, type Wanted } from './keeper-files.ts';
import { missingDevices, namesOf } from './missing-devices.ts';
import type { OwnRulesWatch, RulesLoss } from './watch-own-rules.ts';

/**
 * Puts back what is missing, as the next helper would: the last good rules in one transaction, then the networks on them.
 *
 * @param noticed when, on the clock of `performance.now()`
 */
export async function mend(
  { places, start, rules }: { readonly places: Places; readonly start: Start; readonly rules: OwnRulesWatch },
  wanted: Wanted,
  noticed: number,
): Promise<Outcome<void, HelperFailure>> {
  // A helper at work sees to it itself, or is waited for.
  const opened = await openWorkspace(places, start, () => undefined);
  if (!opened.ok) return opened;
  const space = opened.value;
  try {
    // Whoever had the lock may have had no more use for us.
    if (readKeeperPid(places) !== process.pid) return succeed(undefined);
    const { loss } = rules;
    const gone = await haveRulesGone(space, loss);
    if (!gone.ok) return gone;
    if (gone.value) {
      const restored = await restoreRules(space);
      if (!restored.ok) return restored;
      noteHealing(places, {
        ...{ what: 'rules', names: [], ...(loss?.by === undefined ? {} : { by: loss.by }) },
        ...healedSince(noticed),
      });
    }
    if (loss !== undefined) rules.settle(loss);
    return await mendNetworks(space, wanted, noticed, gone.value);
  } finally {
    await space.close();
  }
}

async function haveRulesGone(space: Workspace, loss: RulesLoss | undefined): Promise<Outcome<boolean, HelperFailure>> {
  if (space.status !== 'current') return succeed(space.status === 'lost');
  if (loss?.what !== 'unseen') return succeed(loss !== undefined);
  const whole = await areRulesWhole(space);
  return whole.ok ? succeed(!whole.value) : whole;
}

/** With all rules of the host's also go those that networks have among them. */
async function mendNetworks(
  space: Workspace,
  wanted: Wanted,
  noticed: number,
  wereRulesGone: boolean,
): Promise<Outcome<void, HelperFailure>> {
  const { places } = space;
  const missing = missingDevices(wanted);
  if (missing.length === 0 && !wereRulesGone && !areSilent(places)) return succeed(undefined);
  const restored = await restoreNetworks(space);
  if (!restored.ok) return restored;
  setSilent(places, false);
  if (missing.length > 0) {
    noteHealing(places, { what: 'devices', names: namesOf(missing), ...healedSince(noticed) });
  }
  return succeed(undefined);
}

function healedSince(noticed: number) {
  const milliseconds = Math.round(performance.now() - noticed);
  return { at: new Date().toISOString(), outcome: 'healed', milliseconds } as const;
}
