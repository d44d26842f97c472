/** us: microseconds; MB: 10^6 bytes; kB: 1000 bytes; count: things. */
export type Unit = 'ms' | 'us' | 'MB' | 'kB' | 'count';

/** What a figure is held to, alone or against what stands beside it. */
export type Bound =
  | { readonly kind: 'at-most'; readonly value: number }
  | { readonly kind: 'times-beside'; readonly factor: number }
  | { readonly kind: 'beside-plus'; readonly extra: number };

/** What was measured beside ours, in the same run and unit. */
export interface Beside {
  readonly name: string;
  readonly value: number;
}

/** One line of the table. */
export interface Row {
  readonly what: string;
  readonly unit: Unit;
  readonly value: number;
  readonly beside?: Beside;
  readonly bound?: Bound;
  /** What a reader must know to read the figure, such as why nothing stands beside it. */
  readonly note?: string;
}

/** The figure that the bound comes to; undefined where there is none, or nothing to hold the value against. */
export function limitOf({ bound, beside }: Pick<Row, 'bound' | 'beside'>): number | undefined {
  switch (bound?.kind) {
    case undefined:
      return undefined;
    case 'at-most':
      return bound.value;
    case 'times-beside':
      return beside === undefined ? undefined : beside.value * bound.factor;
    case 'beside-plus':
      return beside === undefined ? undefined : beside.value + bound.extra;
  }
}

/** Whether the row keeps its bound; one without a bound misses none. */
export function keepsBound(row: Row): boolean {
  const limit = limitOf(row);
  return limit === undefined || row.value <= limit;
}
