import { textOf } from '../networks/find-network.ts';
import type { Verb } from '../verb.ts';
import { withEngine } from '../with-engine.ts';

export const netName: Verb = {
  name: 'net-name',
  summary: 'convert a network UUID to network name',
  description: 'Print the name of the network of this UUID.',
  argument: { name: 'network', description: 'network uuid' },
  ofVirsh: true,
  run: (call) =>
    withEngine(call, async ({ workspace }) => {
      const [uuid = ''] = call.values;
      const found = [...workspace.networks.values()].find((each) => textOf(each).document.uuid === uuid.toLowerCase());
      if (found !== undefined) return { ok: true, text: `${found.name}\n`, json: { name: found.name } };
      return {
        ok: false,
        headline: `failed to get network '${uuid}'`,
        failure: {
          kind: 'usage',
          message: `Network not found: no network with matching uuid '${uuid}'`,
          cure: 'guestward net-list --all --uuid shows those that there are',
        },
      };
    }),
};
