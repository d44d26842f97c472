import { describe, expect, it } from 'vitest';
import { lineDiff } from '../../../../renderer/change/line-diff.ts';

const show = (before: string, after: string): readonly string[] =>
  lineDiff(before, after).map(({ sign, text }) => `${sign}${text}`);

describe('the lines of a text beside those of another', () => {
  it.each<[string, string, string, readonly string[]]>([
    ['nothing and nothing', '', '', []],
    ['equal texts', 'a\nb\n', 'a\nb\n', [' a', ' b']],
    ['a new text', '', 'a\nb\n', ['+a', '+b']],
    ['a text that goes', 'a\n', '', ['-a']],
    ['a line put between', 'a\nc\n', 'a\nb\nc\n', [' a', '+b', ' c']],
    ['a line changed', 'a\nb\nc', 'a\nx\nc', [' a', '-b', '+x', ' c']],
    ['lines in another order', 'a\nb\nc', 'c\na\nb', ['+c', ' a', ' b', '-c']],
    ['a last line without a line feed', 'a', 'a\n', [' a']],
  ])('%s', (_, before, after, lines) => {
    expect(show(before, after)).toEqual(lines);
  });
});
