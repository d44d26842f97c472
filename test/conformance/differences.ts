import { readFileSync } from 'node:fs';

/** Recorded cases in which the reference is wrong by its own documentation, by name, with the reason. */
export function loadDifferences(): ReadonlyMap<string, string> {
  const text = readFileSync(new URL('differences.json', import.meta.url), 'utf8');
  const groups = JSON.parse(text) as { readonly reason: string; readonly cases: readonly string[] }[];
  return new Map(groups.flatMap(({ reason, cases }) => cases.map((name): [string, string] => [name, reason])));
}
