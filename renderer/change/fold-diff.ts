import type { DiffLine } from './line-diff.ts';

/** Lines that are shown, or so many that are as they were and left out. */
export type DiffPart =
  | { readonly of: 'line'; readonly line: DiffLine }
  | { readonly of: 'fold'; readonly count: number; readonly at: number };

/** Leaves out what is farther than `context` lines from any change; a single line is shorter than the word for it. */
export function foldDiff(lines: readonly DiffLine[], context = 3): readonly DiffPart[] {
  const isNear = new Array<boolean>(lines.length).fill(false);
  for (const [at, { sign }] of lines.entries()) {
    if (sign !== ' ') isNear.fill(true, Math.max(0, at - context), at + context + 1);
  }
  const parts: DiffPart[] = [];
  for (let at = 0; at < lines.length; ) {
    const next = isNear.indexOf(true, at);
    const end = next === -1 ? lines.length : next;
    if (end - at > 1) {
      parts.push({ of: 'fold', count: end - at, at });
      at = end;
    } else {
      parts.push({ of: 'line', line: lines[at] as DiffLine });
      at += 1;
    }
  }
  return parts;
}
