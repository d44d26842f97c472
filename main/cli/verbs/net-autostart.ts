import { applyChanges } from '../apply-changes.ts';
import { networkHeadline } from '../networks/find-network.ts';
import type { Verb } from '../verb.ts';

export const netAutostart: Verb = {
  name: 'net-autostart',
  summary: 'autostart a network',
  description: 'Configure a network to be automatically started at boot.',
  argument: { name: 'network', description: 'network name or uuid' },
  options: [{ name: 'disable', description: 'disable autostarting' }],
  changes: true,
  ofVirsh: true,
  async run(call) {
    const [network = ''] = call.values;
    const autostart = !call.has('disable');
    const headline = autostart
      ? `failed to mark network ${network} as autostarted`
      : `failed to unmark network ${network} as autostarted`;
    return applyChanges(call, [{ change: 'autostart-network', network, autostart }], {
      headline: networkHeadline(network, headline),
      done: () => ({
        text: `Network ${network} ${autostart ? 'marked' : 'unmarked'} as autostarted\n`,
        json: { network, autostart },
      }),
    });
  },
};
