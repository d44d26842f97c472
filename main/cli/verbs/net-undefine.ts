import { applyChanges } from '../apply-changes.ts';
import { networkHeadline } from '../networks/find-network.ts';
import type { Verb } from '../verb.ts';

export const netUndefine: Verb = {
  name: 'net-undefine',
  summary: 'undefine a persistent network',
  description:
    'Undefine the configuration for a persistent network. One that is started goes on until it is destroyed.',
  argument: { name: 'network', description: 'network name or uuid' },
  changes: true,
  ofVirsh: true,
  async run(call) {
    const [network = ''] = call.values;
    return applyChanges(call, [{ change: 'undefine-network', network }], {
      headline: networkHeadline(network, `Failed to undefine network ${network}`),
      done: () => ({ text: `Network ${network} has been undefined\n`, json: { undefined: network } }),
    });
  },
};
