import { describe, expect, test } from 'vitest';
import { expectErrors, expectPolicy, type Filters } from './resolve.ts';

const refer = (...names: readonly string[]): string => names.map((name) => `<filterref filter='${name}'/>`).join('');
const rule = "<rule action='drop' direction='out'><mac/></rule>";
/** The filters that outgoing frames' rules come from, in their order. */
const origins = (filters: Filters): readonly string[] =>
  expectPolicy(filters).frames.out.root.flatMap((entry) => ('chain' in entry ? [] : [entry.origin.filter]));

describe('references', () => {
  test.each<readonly [string, Filters, readonly string[]]>([
    [
      'stand for the rules of their filter, in place',
      { top: `${rule}${refer('a')}${rule}`, a: rule },
      ['top', 'a', 'top'],
    ],
    ['go depth first', { top: refer('a', 'c'), a: `${refer('b')}${rule}`, b: rule, c: rule }, ['b', 'a', 'c']],
    [
      'may meet again: the filter counts each time',
      { top: refer('a', 'b'), a: refer('c'), b: refer('c'), c: rule },
      ['c', 'c'],
    ],
    ['may stand twice', { top: refer('a', 'a'), a: rule }, ['a', 'a']],
    ['may lead to a filter without rules', { top: refer('a'), a: '' }, []],
  ])('%s', (_, filters, expected) => {
    expect(origins(filters)).toEqual(expected);
  });

  test('a rule knows its filter, file and line', () => {
    const { frames } = expectPolicy({ top: refer('a'), a: `\n\n${rule}` });
    expect(frames.out.root).toMatchObject([{ origin: { filter: 'a', file: 'a.xml', line: 3 } }]);
  });

  test.each<readonly [string, Filters, object]>([
    [
      'a filter that is missing',
      { top: refer('a'), a: refer('nobody') },
      { code: 'missing-filter', filter: 'a', found: 'nobody', attribute: 'filter', span: { file: 'a.xml' } },
    ],
    [
      'a filter that refers to itself',
      { top: refer('top') },
      { code: 'reference-loop', message: 'The references form a loop: top -> top.' },
    ],
    [
      'a loop further down',
      { top: refer('a'), a: refer('b'), b: refer('c'), c: refer('b') },
      { code: 'reference-loop', filter: 'c', message: 'The references form a loop: b -> c -> b.' },
    ],
  ])('%s is an error', (_, filters, expected) => {
    expect(expectErrors(filters)).toMatchObject([expected]);
  });

  test('every missing filter is named, with the loops', () => {
    const errors = expectErrors({ top: refer('x', 'a', 'y'), a: refer('top') });
    expect(errors.map(({ code, found }) => `${code} ${found}`)).toEqual([
      'missing-filter x',
      'reference-loop top',
      'missing-filter y',
    ]);
  });

  const chainOf = (length: number): Filters =>
    Object.fromEntries(
      Array.from({ length }, (_, at) => [at === 0 ? 'top' : `f${at}`, at === length - 1 ? rule : refer(`f${at + 1}`)]),
    );

  test('64 filters nest, and no more', () => {
    expect(origins(chainOf(64))).toEqual(['f63']);
    expect(expectErrors(chainOf(65))).toMatchObject([{ code: 'reference-depth', filter: 'f63' }]);
  });

  test('a tower of diamonds ends in an error, not in memory', () => {
    const tower = Object.fromEntries(
      Array.from({ length: 40 }, (_, at) => [
        at === 0 ? 'top' : `f${at}`,
        at === 39 ? rule : refer(`f${at + 1}`, `f${at + 1}`),
      ]),
    );
    expect(expectErrors(tower)).toMatchObject([{ code: 'too-many-rules', filter: 'top' }]);
  });

  test('a tower of diamonds around nothing ends as well', () => {
    const tower = Object.fromEntries(
      Array.from({ length: 40 }, (_, at) => [
        at === 0 ? 'top' : `f${at}`,
        at === 39 ? '' : refer(`f${at + 1}`, `f${at + 1}`),
      ]),
    );
    expect(expectErrors(tower)).toMatchObject([{ code: 'too-many-rules' }]);
  });
});
