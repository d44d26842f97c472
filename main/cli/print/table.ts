/** Columns that a text takes on the terminal, near enough: marks that stand on the letter before take none. */
const widthOf = (text: string): number => [...text.replaceAll(/\p{M}/gu, '')].length;

const rowText = (cells: readonly string[], widths: readonly number[]): string =>
  cells
    .map((cell, at) => ` ${cell}${at === cells.length - 1 ? '' : ' '.repeat((widths[at] ?? 0) - widthOf(cell) + 2)}`)
    .join('');

/** A table in virsh's shape (libvirt: tools/vsh-table.c), each line ended; without heading and rule where none is wanted. */
export function formatTable(
  heading: readonly string[],
  rows: readonly (readonly string[])[],
  withHeading = true,
): string {
  const shown = withHeading ? [heading, ...rows] : rows;
  const widths = heading.map((_, column) => Math.max(0, ...shown.map((row) => widthOf(row[column] ?? ''))));
  const [first, ...rest] = shown.map((row) => rowText(row, widths));
  if (first === undefined) return '';
  const rule = '-'.repeat(widths.reduce((sum, width) => sum + width + 3, 0));
  return `${(withHeading ? [first, rule, ...rest] : [first, ...rest]).join('\n')}\n`;
}
