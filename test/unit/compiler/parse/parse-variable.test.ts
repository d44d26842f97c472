import { describe, expect, it } from 'vitest';
import { formatVariable } from '../../../../main/compiler/parse/format-literal.ts';
import { parseVariable } from '../../../../main/compiler/parse/parse-variable.ts';

describe('parseVariable', () => {
  it.each([
    ['$IP', { kind: 'iterator', name: 'IP', iterator: 0 }, '$IP'],
    ['$IP[@0]', { kind: 'iterator', name: 'IP', iterator: 0 }, '$IP'],
    ['$my_1[@1000]', { kind: 'iterator', name: 'my_1', iterator: 1000 }, '$my_1[@1000]'],
    ['$IP[0]', { kind: 'element', name: 'IP', index: 0 }, '$IP[0]'],
    ['$IP[ 2 ]', { kind: 'element', name: 'IP', index: 2 }, '$IP[2]'],
    ['$IP[ @2 ] ', { kind: 'iterator', name: 'IP', iterator: 2 }, '$IP[@2]'],
  ] as const)('reads %j', (text, access, printed) => {
    expect(parseVariable(text)).toEqual({ ok: true, access });
    expect(formatVariable(access)).toBe(printed);
  });

  it.each([
    '$',
    '$[1]',
    '$IP[',
    '$IP[]',
    '$IP[@]',
    '$IP[-1]',
    '$IP[x]',
    '$IP[1]x',
    '$IP-4',
    '$ IP',
    '${IP}',
    '$IP[@1001]',
    '$IP[4294967296]',
  ])('refuses %s', (text) => {
    expect(parseVariable(text)).toMatchObject({ ok: false });
  });
});
