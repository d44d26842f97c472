import { describeHelperFailure, type HelperFailure } from '../../../shared/plan/helper-failure.ts';
import { fail, type Outcome, succeed } from '../../../shared/plan/outcome.ts';
import type { Plan } from '../../../shared/plan/plan.ts';
import { applyPlan } from '../apply.ts';
import { log } from '../audit.ts';
import { observeLinks } from '../networks/observe-links.ts';
import { standingPlugs } from '../networks/plug-nics.ts';
import type { Workspace } from '../workspace.ts';
import { forgetWaiting, readWaiting } from './waiting-change.ts';

/**
 * Takes a change back whose time to be confirmed is over, whoever made it: a helper that was killed while it waited leaves that to the next one. What
 * cannot be taken back goes on waiting, and is tried again.
 */
export async function takeBackDue(space: Workspace, now = Date.now()): Promise<void> {
  const { state } = space.places;
  const waiting = readWaiting(state, space.store);
  if (waiting === undefined || waiting.until > now) return;
  const { reverse, note, uid, activity } = waiting;
  const title = `Taken back: ${note.title}`.slice(0, 200);
  const taken = await applyPlan(space, await asItStands(reverse), {
    note: { ...note, title, undoes: activity },
    uid,
    kind: 'reverted',
  });
  if (taken.ok) forgetWaiting(state);
  else log('error', `a change could not be taken back: ${describeHelperFailure(taken.failure)}`);
}

/** A NIC that its hypervisor has plugged in anew meanwhile is no reason to leave the rest. */
async function asItStands(reverse: Plan): Promise<Plan> {
  const { plugs, ...rest } = reverse;
  const links = plugs === undefined ? undefined : await observeLinks();
  if (plugs === undefined || links?.ok !== true) return reverse;
  const standing = standingPlugs(plugs, links.value);
  return standing.length === 0 ? rest : { ...rest, plugs: standing };
}

/** Keeps the change that waits; returns which it was. */
export function confirmWaiting({
  places,
  store,
}: Workspace): Outcome<{ readonly activity: number; readonly title: string }, HelperFailure> {
  const waiting = readWaiting(places.state, store);
  if (waiting === undefined) return fail({ kind: 'nothing-waits' });
  forgetWaiting(places.state);
  return succeed({ activity: waiting.activity, title: waiting.note.title });
}
