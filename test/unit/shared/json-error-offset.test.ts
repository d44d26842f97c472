import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonErrorOffset } from '../../../shared/json-error-offset.ts';

describe('jsonErrorOffset', () => {
  it.each([
    ['', 0],
    ['[1,]', 3],
    ['[1 2]', 3],
    ['{"a" 1}', 5],
    ['{"a": }', 6],
    ['{"a": 1,}', 8],
    ['{a: 1}', 1],
    ['"a', 0],
    ['01', 1],
    ['[1]x', 3],
    ['[', 1],
    ['[}', 1],
  ])('finds where %s goes wrong', (text, offset) => {
    expect(jsonErrorOffset(text)).toBe(offset);
  });

  it('takes what JSON.parse takes, and nothing else', () => {
    const alphabet = fc.constantFrom(
      '[',
      ']',
      '{',
      '}',
      ',',
      ':',
      '"',
      'a',
      '\\',
      '1',
      '0',
      '-',
      '.',
      'null',
      ' ',
      '\n',
    );
    const almostJson = fc.oneof(
      fc.json(),
      fc.array(alphabet, { maxLength: 12 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(almostJson, (text) => {
        expect(jsonErrorOffset(text) === undefined).toBe(isJson(text));
      }),
      { numRuns: 2000 },
    );
  });

  it('does not mind depth', () => {
    expect(jsonErrorOffset('['.repeat(100_000))).toBe(100_000);
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
