import { applyChanges } from '../apply-changes.ts';
import { bindingHeadline } from '../filter-headline.ts';
import type { Verb } from '../verb.ts';

export const nwfilterBindingDelete: Verb = {
  name: 'nwfilter-binding-delete',
  summary: 'delete a network filter binding',
  description: 'Delete a given network filter binding. The NIC is then open.',
  argument: { name: 'binding', description: 'network filter binding port dev' },
  changes: true,
  ofVirsh: true,
  async run(call) {
    const [device = ''] = call.values;
    return applyChanges(call, [{ change: 'delete-binding', device }], {
      headline: bindingHeadline(device, `Failed to delete network filter binding ${device}`),
      done: () => ({ text: `Network filter binding on ${device} deleted\n`, json: { deleted: device } }),
    });
  },
};
