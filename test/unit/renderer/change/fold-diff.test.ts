import { describe, expect, it } from 'vitest';
import { foldDiff } from '../../../../renderer/change/fold-diff.ts';
import { lineDiff } from '../../../../renderer/change/line-diff.ts';

const show = (before: string, after: string): readonly string[] =>
  foldDiff(lineDiff(before, after), 1).map((part) =>
    part.of === 'fold' ? `… ${part.count}` : `${part.line.sign}${part.line.text}`,
  );

describe('what is far from any change is left out', () => {
  it.each<[string, string, string, readonly string[]]>([
    ['nothing', '', '', []],
    ['a change in the middle', 'a\nb\nc\nd\ne\nf\ng', 'a\nb\nc\nx\ne\nf\ng', ['… 2', ' c', '-d', '+x', ' e', '… 2']],
    ['a single line stays', 'a\nb\nc', 'a\nb\nx', [' a', ' b', '-c', '+x']],
    ['between two changes', 'a\nb\nc\nd\ne\nf', 'x\nb\nc\nd\ne\ny', ['-a', '+x', ' b', '… 2', ' e', '-f', '+y']],
    ['no change', 'a\nb\nc', 'a\nb\nc', ['… 3']],
    ['all of it', 'a\nb', '', ['-a', '-b']],
  ])('%s', (_, before, after, parts) => {
    expect(show(before, after)).toEqual(parts);
  });
});
