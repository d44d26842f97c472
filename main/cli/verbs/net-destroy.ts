import { applyChanges } from '../apply-changes.ts';
import { networkHeadline } from '../networks/find-network.ts';
import type { Verb } from '../verb.ts';

export const netDestroy: Verb = {
  name: 'net-destroy',
  summary: 'destroy (stop) a network',
  description:
    'Stop a given network. Its guests lose their connection, and every trace of it goes; if it was defined, it stays so.',
  argument: { name: 'network', description: 'network name or uuid' },
  changes: true,
  ofVirsh: true,
  async run(call) {
    const [network = ''] = call.values;
    return applyChanges(call, [{ change: 'destroy-network', network }], {
      headline: networkHeadline(network, `Failed to destroy network ${network}`),
      done: () => ({ text: `Network ${network} destroyed\n`, json: { destroyed: network } }),
    });
  },
};
