import { fail, succeed } from '../../../shared/plan/outcome.ts';
import type { Handlers } from '../../../shared/rpc/contract.ts';
import { examine } from '../../engine/examine.ts';
import { failureOf } from '../failure-of.ts';
import { viewFinding } from '../network/view-finding.ts';
import type { AppSession } from '../session.ts';

/** What doctor finds, of all networks at once. */
export function healthHandlers(session: AppSession): Pick<Handlers, 'health.examine'> {
  return {
    async 'health.examine'() {
      const engine = await session.engine('read');
      if (!engine.ok) return engine;
      const reloaded = await engine.value.reload();
      if (!reloaded.ok) return fail(failureOf(reloaded.failure));
      const names = [...engine.value.workspace.networks.keys()].sort();
      const examined = await examine(engine.value, new Set(names));
      if (!examined.ok) return fail(failureOf(examined.failure));
      const of = (name: string) => examined.value.filter(({ network }) => network === name).flatMap(viewFinding);
      return succeed({ networks: names.map((name) => ({ name, findings: of(name) })) });
    },
  };
}
