import { describe, expect, it } from 'vitest';
import { chooseFilters } from '../../../../renderer/features/filters/choose-filters.ts';
import type { FilterSummary } from '../../../../shared/rpc/filters.ts';

const filter = (name: string, more: Partial<FilterSummary> = {}): FilterSummary => ({
  name,
  chain: 'root',
  priority: 0,
  origin: 'stock',
  refersTo: [],
  usedBy: { nics: [], filters: [], networks: [] },
  ...more,
});
const all = [
  filter('allow-arp', { purpose: 'Lets ARP through.' }),
  filter('clean-traffic', { usedBy: { nics: ['vnet0'], filters: [], networks: [] } }),
  filter('web', { origin: 'own' }),
];

describe('the filters that are shown', () => {
  it.each([
    ['', ['web', 'clean-traffic', 'allow-arp']],
    ['traffic clean', ['clean-traffic']],
    ['lets', ['allow-arp']],
    ['nothing', []],
  ])('for "%s"', (search, names) => {
    expect(chooseFilters(all, search).map(({ name }) => name)).toEqual(names);
  });
});
