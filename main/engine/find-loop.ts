import type { FilterLookup } from '../compiler/resolve/flatten-references.ts';

/** A way from a filter through its references back to itself, as names; undefined where there is none. */
export function findLoop(name: string, lookup: FilterLookup): readonly string[] | undefined {
  const done = new Set<string>();
  const walk = (current: string, path: readonly string[]): readonly string[] | undefined => {
    if (path.length > 0 && current === name) return [...path, current];
    if (done.has(current)) return undefined;
    done.add(current);
    for (const entry of lookup(current)?.entries ?? []) {
      const loop = entry.kind === 'filterref' ? walk(entry.filter, [...path, current]) : undefined;
      if (loop !== undefined) return loop;
    }
    return undefined;
  };
  return walk(name, []);
}
