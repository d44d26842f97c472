import { applyChanges } from '../apply-changes.ts';
import type { Verb } from '../verb.ts';

export const detach: Verb = {
  name: 'detach',
  summary: 'take the filter away from a NIC',
  description: 'Delete the binding of the network device DEV. The NIC is then open.',
  argument: { name: 'dev', description: 'network device on the host, such as vnet0' },
  changes: true,
  async run(call) {
    const [device = ''] = call.values;
    return applyChanges(call, [{ change: 'delete-binding', device }], {
      headline: `Failed to detach ${device}`,
      done: () => ({ text: `${device} is open\n`, json: { detached: device } }),
    });
  },
};
