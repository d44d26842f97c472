import { byName } from '../print/by-name.ts';
import { formatTable } from '../print/table.ts';
import type { Verb } from '../verb.ts';
import { withEngine } from '../with-engine.ts';

export const nwfilterList: Verb = {
  name: 'nwfilter-list',
  summary: 'list network filters',
  description: 'Returns list of network filters.',
  ofVirsh: true,
  run: (call) =>
    withEngine(call, async ({ workspace }) => {
      const filters = [...workspace.filters.values()]
        .map(({ document, stock }) => ({ name: document.name, uuid: document.uuid ?? '', stock }))
        .sort(byName);
      const rows = filters.map(({ uuid, name }) => [uuid, name]);
      return { ok: true, text: formatTable(['UUID', 'Name'], rows, !call.quiet), json: filters };
    }),
};
