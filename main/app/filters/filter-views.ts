import type { FilterSummary } from '../../../shared/rpc/filters.ts';
import type { StoredFilter, Workspace } from '../../engine/workspace.ts';

export type Defined = Pick<Workspace, 'filters' | 'bindings' | 'networks'>;

/** What the comment at a filter's head says, without the line breaks. */
export function purposeOf(text: string): string | undefined {
  const [, comment] = /^\s*(?:<\?xml[^>]*\?>\s*)?<!--([\s\S]*?)-->/.exec(text) ?? [];
  const purpose = comment?.replaceAll(/\s+/g, ' ').trim();
  return purpose === '' ? undefined : purpose;
}

/** The filters that a filter refers to itself, each once. */
export function referencesOf({ document }: StoredFilter): readonly string[] {
  const names = document.entries.flatMap((entry) => (entry.kind === 'filterref' ? [entry.filter] : []));
  return [...new Set(names)];
}

/** All filters that lead to this one through references, itself among them. */
export function leadingTo(name: string, { filters }: Defined): ReadonlySet<string> {
  const found = new Set([name]);
  for (let size = 0; size !== found.size; ) {
    size = found.size;
    for (const [each, filter] of filters) if (referencesOf(filter).some((other) => found.has(other))) found.add(each);
  }
  return found;
}

/** NICs whose rules a filter is part of. */
export function nicsOf(name: string, defined: Defined): readonly string[] {
  const leading = leadingTo(name, defined);
  return [...defined.bindings].flatMap(([device, { binding }]) => (leading.has(binding.filter) ? [device] : []));
}

/** A filter as the list and the graph show it. `isStock`: whether the program brings one of this name. */
export function viewFilter(filter: StoredFilter, isStock: boolean, defined: Defined): FilterSummary {
  const { name, chain, priority } = filter.document;
  const networks = [...defined.networks.values()].filter(
    ({ live, persistent }) => (live ?? persistent)?.document.settings.defaultFilter === name,
  );
  return {
    name,
    chain,
    priority,
    origin: filter.stock ? 'stock' : isStock ? 'redefined' : 'own',
    purpose: purposeOf(filter.text),
    refersTo: [...referencesOf(filter)],
    usedBy: {
      nics: [...nicsOf(name, defined)],
      filters: [...defined.filters].flatMap(([other, each]) => (referencesOf(each).includes(name) ? [other] : [])),
      networks: networks.map((network) => network.name),
    },
  };
}
