import { applyChanges } from '../apply-changes.ts';
import { networkHeadline } from '../networks/find-network.ts';
import type { Verb } from '../verb.ts';

export const netStart: Verb = {
  name: 'net-start',
  summary: 'start a (previously defined) inactive network',
  description: 'Start a network. If anything of it cannot be had, nothing is left behind.',
  argument: { name: 'network', description: 'network name or uuid' },
  changes: true,
  ofVirsh: true,
  async run(call) {
    const [network = ''] = call.values;
    return applyChanges(call, [{ change: 'start-network', network }], {
      headline: networkHeadline(network, `Failed to start network ${network}`),
      done: () => ({ text: `Network ${network} started\n`, json: { started: network } }),
    });
  },
};
