import type { PlayResult } from '../trial/trial.ts';
import type { Style } from './style.ts';

interface Row {
  readonly what: string;
  readonly without: string;
  readonly with: string;
  readonly stoppedBy: string;
  /** Whether the filter did what a filter is for. */
  readonly good: boolean;
}

const header: Row = { what: 'g1 ...', without: 'without', with: 'with filter', stoppedBy: 'stopped by', good: true };

/** The whole evening at a glance, one line a play; under 80 columns with the stock filters. */
export function summaryTable(results: readonly PlayResult[], style: Style): string {
  const rows = results.map(rowOf);
  const width = (column: 'what' | 'without' | 'with') =>
    Math.max(...[header, ...rows].map((row) => row[column].length));
  const widths = [width('what'), width('without'), width('with')] as const;
  const line = (row: Row, mark: (text: string) => string) =>
    [
      row.what.padEnd(widths[0]),
      row.without.padEnd(widths[1]),
      mark(row.with) + ' '.repeat(widths[2] - row.with.length),
      row.stoppedBy,
    ]
      .join('  ')
      .trimEnd();
  return [style.bold(line(header, (text) => text)), ...rows.map((row) => line(row, row.good ? style.good : style.bad))]
    .map((text) => `  ${text}\n`)
    .join('');
}

function rowOf({ play, without, trials }: PlayResult): Row {
  const last = trials.at(-1);
  const worked = last?.happening.worked === true;
  return {
    what: play.name,
    without: without.worked ? 'works' : 'fails',
    with: worked ? 'works' : play.kind === 'talk' ? 'fails' : 'stopped',
    stoppedBy: worked ? '' : (last?.stoppedBy ?? []).map(({ filter, line }) => `${filter}:${line}`).join(', '),
    good: worked === (play.kind === 'talk'),
  };
}
