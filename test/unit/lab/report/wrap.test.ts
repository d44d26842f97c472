import { expect, it } from 'vitest';
import { wrap } from '../../../../main/lab/report/wrap.ts';

const words = (count: number, length: number) => Array(count).fill('x'.repeat(length)).join(' ');

it.each([
  ['a short text stays on its line', 'a b', 'A: ', '   ', ['A: a b']],
  ['eighty columns are full', words(8, 9), ' ', '  ', [` ${words(8, 9)}`]],
  [
    'what does not fit goes under the text',
    words(9, 9),
    ' ',
    '  ',
    [` ${words(7, 9)} ${'x'.repeat(9)}`, `  ${'x'.repeat(9)}`],
  ],
  ['a word wider than a line has one of its own', `a ${'x'.repeat(90)} b`, '', '', ['a', 'x'.repeat(90), 'b']],
])('%s', (_, text, first, next, lines) => {
  expect(wrap(text, { first, next }).split('\n')).toEqual(lines);
});
