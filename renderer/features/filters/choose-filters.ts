import type { FilterSummary } from '../../../shared/rpc/filters.ts';

/** Filters that the words occur in, by name or purpose; a person's own come first, then those in use, then the rest by name. */
export function chooseFilters(filters: readonly FilterSummary[], search: string): readonly FilterSummary[] {
  const wanted = search.toLowerCase().split(/\s+/).filter(Boolean);
  const rank = ({ origin, usedBy }: FilterSummary): number => (origin !== 'stock' ? 0 : usedBy.nics.length > 0 ? 1 : 2);
  return filters
    .filter(({ name, purpose = '' }) => wanted.every((word) => `${name} ${purpose}`.toLowerCase().includes(word)))
    .toSorted((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
}
