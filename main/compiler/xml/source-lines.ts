import type { SourceSpan } from '../../../shared/diagnostic.ts';

/** Turns offsets in a text into spans. */
export type Locate = (offset: number, length: number) => SourceSpan;

/** Lines end as XML 1.0 has it (section 2.11): at LF, CR LF, or CR alone. */
export function createLocate(text: string, file: string): Locate {
  const starts = [0];
  for (const { index, 0: lineEnd } of text.matchAll(/\r\n?|\n/g)) starts.push(index + lineEnd.length);
  return (given, length) => {
    // The middle of a CR LF belongs to no column.
    const offset = text.startsWith('\r\n', given - 1) && given > 0 ? given - 1 : given;
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { file, line: low + 1, column: offset - (starts[low] ?? 0) + 1, length };
  };
}
