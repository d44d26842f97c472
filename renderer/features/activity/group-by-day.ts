/** Things of one day, the day as its local midnight in milliseconds since 1970. */
export interface Day<T> {
  readonly midnight: number;
  readonly items: readonly T[];
}

export function midnightOf(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

/** Days in the order in which they first come. */
export function groupByDay<T extends { readonly at: number }>(items: readonly T[]): readonly Day<T>[] {
  const days = new Map<number, T[]>();
  for (const item of items) {
    const midnight = midnightOf(item.at);
    days.set(midnight, [...(days.get(midnight) ?? []), item]);
  }
  return [...days].map(([midnight, each]) => ({ midnight, items: each }));
}
