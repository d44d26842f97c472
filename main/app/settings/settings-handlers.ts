import { fail, succeed } from '../../../shared/plan/outcome.ts';
import type { Handlers } from '../../../shared/rpc/contract.ts';
import { exportedFiles } from '../../engine/exported-files.ts';
import { failureOf } from '../failure-of.ts';
import type { AppSession } from '../session.ts';

/** The whole configuration, to be taken along. */
export function settingsHandlers(session: AppSession): Pick<Handlers, 'settings.export'> {
  return {
    async 'settings.export'() {
      const engine = await session.engine('read');
      if (!engine.ok) return engine;
      const reloaded = await engine.value.reload();
      if (!reloaded.ok) return fail(failureOf(reloaded.failure));
      const files = exportedFiles(engine.value.workspace);
      return succeed({ files: files.map(({ folder, name, text }) => ({ path: `${folder}/${name}.xml`, text })) });
    },
  };
}
