import { fail, succeed } from '../../../shared/plan/outcome.ts';
import type { Handlers } from '../../../shared/rpc/contract.ts';
import type { networkMethods } from '../../../shared/rpc/network.ts';
import { examine } from '../../engine/examine.ts';
import { hostNetworks } from '../../engine/host.ts';
import { failureOf } from '../failure-of.ts';
import type { AppSession } from '../session.ts';
import { checkText } from './check-text.ts';
import { networkDetails } from './network-details.ts';

/** One network: all that stands about it, and what is wrong with a definition that somebody is writing. */
export function networkHandlers(session: AppSession): Pick<Handlers, keyof typeof networkMethods> {
  return {
    async 'network.read'({ name }) {
      const opened = await session.engine('read');
      if (!opened.ok) return opened;
      const engine = opened.value;
      const reloaded = await engine.reload();
      if (!reloaded.ok) return fail(failureOf(reloaded.failure));
      const stored = engine.workspace.networks.get(name);
      if (stored === undefined) return fail(failureOf({ kind: 'network-not-found', network: name }));
      const [states, inspection, status, findings] = await Promise.all([
        engine.networkStates(),
        engine.inspect(),
        engine.status(),
        examine(engine, new Set([name])),
      ]);
      for (const each of [states, inspection, status, findings]) if (!each.ok) return fail(failureOf(each.failure));
      if (!states.ok || !inspection.ok || !status.ok || !findings.ok) throw new Error('unreachable');
      return succeed(
        networkDetails(stored, {
          workspace: engine.workspace,
          host: hostNetworks(),
          state: states.value[name],
          inspection: inspection.value,
          counters: status.value.counters,
          findings: stored.live === undefined ? [] : findings.value,
          now: Math.floor(Date.now() / 1000),
        }),
      );
    },
    'network.check': async ({ name, text }) => succeed({ diagnostics: [...checkText(name, text)] }),
  };
}
