import { fail, type Outcome, succeed } from '../../../shared/plan/outcome.ts';
import type { Failure } from '../../../shared/rpc/failure.ts';
import type { Engine, Applied as EngineApplied } from '../../engine/engine.ts';
import { tellActivity } from '../activity/activity-of.ts';
import { failureOf } from '../failure-of.ts';
import type { AppSession } from '../session.ts';

/** The helper takes a change back within this of its time. */
const graceMilliseconds = 2000;

/** Follows the one change that can wait to be confirmed. The countdown itself is the helper's: it holds whatever becomes of the app. */
export interface Confirmation {
  /** Tells that a change waits, and, once its time is over, what has become of it. */
  follow(title: string, applied: EngineApplied, engine: Engine): void;
  confirm(): Promise<Outcome<Record<never, never>, Failure>>;
}

export function createConfirmation(session: AppSession): Confirmation {
  let timer: NodeJS.Timeout | undefined;
  const over = () => {
    clearTimeout(timer);
    timer = undefined;
    session.emit('change.waiting', null);
  };
  async function afterwards(engine: Engine): Promise<void> {
    await engine.reload();
    const newest = await engine.journal(undefined, 1);
    if (newest.ok) await tellActivity(session, engine, newest.value.entries[0]?.id);
    session.changed();
    over();
  }

  return {
    follow(title, { activity, confirmBefore }, engine) {
      if (activity === undefined || confirmBefore === undefined) return;
      session.emit('change.waiting', { id: activity, title, confirmBefore });
      clearTimeout(timer);
      timer = setTimeout(() => void afterwards(engine), confirmBefore - Date.now() + graceMilliseconds);
      timer.unref();
    },
    async confirm() {
      const engine = await session.engine('change');
      if (!engine.ok) return engine;
      const confirmed = await engine.value.confirm();
      if (!confirmed.ok) return fail(failureOf(confirmed.failure));
      over();
      return succeed({});
    },
  };
}
