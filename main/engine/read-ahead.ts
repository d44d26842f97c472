import type { StoredFilter } from './workspace.ts';

/** Reads these filters and all that they refer to, as far as they are known; otherwise it is done when a plan first needs them. */
export function readAhead(
  names: readonly string[],
  filters: ReadonlyMap<string, Pick<StoredFilter, 'document'>>,
): void {
  const wanted = new Set(names);
  for (const name of wanted) {
    for (const entry of filters.get(name)?.document.entries ?? []) {
      if (entry.kind === 'filterref') wanted.add(entry.filter);
    }
  }
}
