import { fail, succeed } from '../../../shared/plan/outcome.ts';
import type { Handlers } from '../../../shared/rpc/contract.ts';
import { failureOf } from '../failure-of.ts';
import type { AppSession } from '../session.ts';
import { dropGroups } from './drop-groups.ts';

/** What the rules have dropped. */
export function dropHandlers(session: AppSession): Pick<Handlers, 'drops.list'> {
  return {
    async 'drops.list'() {
      const engine = await session.engine('read');
      if (!engine.ok) return engine;
      const status = await engine.value.status();
      if (!status.ok) return fail(failureOf(status.failure));
      return succeed({ groups: [...dropGroups(status.value.counters, engine.value.workspace)] });
    },
  };
}
