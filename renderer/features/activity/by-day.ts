import type { ActivityEntry } from '../../../shared/rpc/changes.ts';

/** Entries under the days that they are of, in the order given. `dayOf` writes a moment as a day. */
export function byDay(
  entries: readonly ActivityEntry[],
  dayOf: (at: number) => string,
): readonly { readonly day: string; readonly entries: readonly ActivityEntry[] }[] {
  const days = new Map<string, ActivityEntry[]>();
  for (const entry of entries) {
    const day = dayOf(entry.at);
    days.set(day, [...(days.get(day) ?? []), entry]);
  }
  return [...days].map(([day, of]) => ({ day, entries: of }));
}
