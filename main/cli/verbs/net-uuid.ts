import { findNetwork, textOf } from '../networks/find-network.ts';
import type { Verb } from '../verb.ts';
import { withEngine } from '../with-engine.ts';

export const netUuid: Verb = {
  name: 'net-uuid',
  summary: 'convert a network name to network UUID',
  description: 'Print the UUID of the network of this name.',
  argument: { name: 'network', description: 'network name' },
  ofVirsh: true,
  run: (call) =>
    withEngine(call, async ({ workspace }) => {
      const found = findNetwork(workspace, call.values[0] ?? '');
      if (!found.ok) return found;
      const uuid = textOf(found.value).document.uuid ?? '';
      return { ok: true, text: `${uuid}\n`, json: { uuid } };
    }),
};
