import { fail, succeed } from '../../../shared/plan/outcome.ts';
import type { Handlers } from '../../../shared/rpc/contract.ts';
import { cutsOff } from '../../engine/cuts-off.ts';
import { previewOf } from '../../engine/words/preview-of.ts';
import { appliedOf } from '../changes/change-handlers.ts';
import { failureOf } from '../failure-of.ts';
import type { AppSession } from '../session.ts';
import { viewerAddress } from '../viewer-address.ts';
import { activityOf, tellActivity } from './activity-of.ts';

/** The journal, and undoing what is in it. */
export function activityHandlers(
  session: AppSession,
): Pick<Handlers, 'activity.list' | 'activity.preview-undo' | 'activity.undo'> {
  return {
    async 'activity.list'({ before, limit }) {
      const engine = await session.engine('read');
      if (!engine.ok) return engine;
      const journal = await engine.value.journal(before, limit);
      if (!journal.ok) return fail(failureOf(journal.failure));
      const { entries, more, undone } = journal.value;
      return succeed({ entries: entries.map((entry) => activityOf(entry, undone)), more });
    },

    async 'activity.preview-undo'({ id }) {
      const engine = await session.engine('read');
      if (!engine.ok) return engine;
      const reloaded = await engine.value.reload();
      if (!reloaded.ok) return fail(failureOf(reloaded.failure));
      const before = engine.value.workspace;
      const tried = await engine.value.undo(id, { dryRun: true });
      if (!tried.ok) return fail(failureOf(tried.failure));
      return succeed(previewOf(tried.value.title, tried.value, before, cutsOff(tried.value, before, viewerAddress())));
    },

    async 'activity.undo'({ id }) {
      const engine = await session.engine('change');
      if (!engine.ok) return engine;
      const reloaded = await engine.value.reload();
      if (!reloaded.ok) return fail(failureOf(reloaded.failure));
      const undone = await engine.value.undo(id, { dryRun: false });
      if (!undone.ok) return fail(failureOf(undone.failure));
      session.changed();
      await tellActivity(session, engine.value, undone.value.activity);
      return succeed(appliedOf(undone.value.title, undone.value));
    },
  };
}
