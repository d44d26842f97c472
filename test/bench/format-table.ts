import { type Bound, keepsBound, limitOf, type Row, type Unit } from './row.ts';

/** Rows under a headline. */
export interface RowGroup {
  readonly title: string;
  readonly rows: readonly Row[];
}

const heading = ['', 'Guestward', 'beside', 'ratio', 'bound', ''];

function formatFigure(value: number, unit: Unit): string {
  const text = unit === 'count' || value >= 1000 ? groupThousands(value) : threeDigits(value);
  return unit === 'count' ? text : `${text} ${unit}`;
}

const threeDigits = (value: number): string => value.toFixed(value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3);

// A comma every three digits, whatever language the terminal speaks; a count may be an average.
function groupThousands(value: number): string {
  const text = String(value >= 1000 ? Math.round(value) : Number(value.toFixed(2)));
  return text.replaceAll(/\B(?=(\d{3})+$)/g, ',');
}

function formatBound(bound: Bound, unit: Unit): string {
  switch (bound.kind) {
    case 'at-most':
      return `<= ${groupThousands(bound.value)}${unit === 'count' ? '' : ` ${unit}`}`;
    case 'times-beside':
      return `<= ${bound.factor} x`;
    case 'beside-plus':
      return `<= +${bound.extra} ${unit}`;
  }
}

function verdictOf(row: Row): string {
  if (limitOf(row) === undefined) return '';
  return keepsBound(row) ? 'ok' : 'MISSED';
}

function cellsOf(row: Row): readonly string[] {
  const { what, unit, value, beside, bound } = row;
  return [
    `  ${what}`,
    formatFigure(value, unit),
    beside === undefined ? '' : `${beside.name} ${formatFigure(beside.value, unit)}`,
    beside === undefined ? '' : `${threeDigits(value / beside.value)} x`,
    bound === undefined ? '' : formatBound(bound, unit),
    verdictOf(row),
  ];
}

/** The table, each line ended: a headline for each group, its rows, and under a row what has to be said about it. */
export function formatTable(groups: readonly RowGroup[]): string {
  const cells = groups.flatMap(({ rows }) => rows.map(cellsOf));
  const widths = heading.map((name, column) => Math.max(name.length, ...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string =>
    row
      // What was measured reads from the left, figures from the right.
      .map((cell, at) => (at === 0 || at >= 4 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join('  ')
      .trimEnd();
  const lines = groups.flatMap(({ title, rows }) => [
    '',
    title,
    ...rows.flatMap((row) => [line(cellsOf(row)), ...(row.note === undefined ? [] : [`    (${row.note})`])]),
  ]);
  return `${[line(heading), ...lines].join('\n')}\n`;
}
