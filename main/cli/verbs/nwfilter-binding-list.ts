import { formatMac } from '../../../shared/net/mac.ts';
import { byName } from '../print/by-name.ts';
import { formatTable } from '../print/table.ts';
import type { Verb } from '../verb.ts';
import { withEngine } from '../with-engine.ts';

export const nwfilterBindingList: Verb = {
  name: 'nwfilter-binding-list',
  summary: 'list network filter bindings',
  description: 'Returns list of network filter bindings.',
  ofVirsh: true,
  run: (call) =>
    withEngine(call, async ({ workspace }) => {
      const bindings = [...workspace.bindings.values()]
        .map(({ binding }) => ({ name: binding.device, ...binding }))
        .sort(byName);
      const rows = bindings.map(({ device, filter }) => [device, filter]);
      const json = bindings.map(({ device, filter, mac, parameters }) => ({
        device,
        filter,
        mac: mac === undefined ? undefined : formatMac(mac),
        parameters,
      }));
      return { ok: true, text: formatTable(['Port Dev', 'Filter'], rows, !call.quiet), json };
    }),
};
