export interface DiffLine {
  readonly sign: ' ' | '+' | '-';
  readonly text: string;
  /** Its number in the listing, from 0. */
  readonly at: number;
}

const linesOf = (text: string): readonly string[] => (text === '' ? [] : text.replace(/\n$/, '').split('\n'));

/**
 * The lines of `after` beside those of `before`: common ones once, by the longest common subsequence of what lies between the equal beginning and
 * the equal end. Definitions have some hundred lines, so that its square is small.
 */
export function lineDiff(before: string, after: string): readonly DiffLine[] {
  const [old, now] = [linesOf(before), linesOf(after)];
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start += 1;
  let end = 0;
  while (end < old.length - start && end < now.length - start && old.at(-1 - end) === now.at(-1 - end)) end += 1;
  const lines: { readonly sign: DiffLine['sign']; readonly text: string }[] = [
    ...old.slice(0, start).map((text) => ({ sign: ' ', text }) as const),
    ...middle(old.slice(start, old.length - end), now.slice(start, now.length - end)),
    ...old.slice(old.length - end).map((text) => ({ sign: ' ', text }) as const),
  ];
  return lines.map((line, at) => ({ ...line, at }));
}

function* middle(
  old: readonly string[],
  now: readonly string[],
): Generator<{ readonly sign: DiffLine['sign']; readonly text: string }> {
  const common = Array.from({ length: old.length + 1 }, () => new Array<number>(now.length + 1).fill(0));
  const at = (row: number, column: number): number => common[row]?.[column] ?? 0;
  for (let row = old.length - 1; row >= 0; row -= 1) {
    for (let column = now.length - 1; column >= 0; column -= 1) {
      (common[row] as number[])[column] =
        old[row] === now[column] ? at(row + 1, column + 1) + 1 : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  let [row, column] = [0, 0];
  while (row < old.length || column < now.length) {
    if (row < old.length && column < now.length && old[row] === now[column]) {
      yield { sign: ' ', text: old[row] as string };
      row += 1;
      column += 1;
    } else if (row < old.length && (column === now.length || at(row + 1, column) >= at(row, column + 1))) {
      yield { sign: '-', text: old[row] as string };
      row += 1;
    } else {
      yield { sign: '+', text: now[column] as string };
      column += 1;
    }
  }
}
