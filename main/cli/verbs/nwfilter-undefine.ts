import { applyChanges } from '../apply-changes.ts';
import { filterHeadline } from '../filter-headline.ts';
import type { Verb } from '../verb.ts';

export const nwfilterUndefine: Verb = {
  name: 'nwfilter-undefine',
  summary: 'undefine a network filter',
  description:
    'Undefine a given network filter, which nothing may use any more. A redefined stock filter becomes the stock one again.',
  argument: { name: 'nwfilter', description: 'network filter name or uuid' },
  changes: true,
  ofVirsh: true,
  async run(call) {
    const [name = ''] = call.values;
    return applyChanges(call, [{ change: 'undefine-filter', nameOrUuid: name }], {
      headline: filterHeadline(name, `Failed to undefine network filter ${name}`),
      done: () => ({ text: `Network filter ${name} undefined\n`, json: { undefined: name } }),
    });
  },
};
