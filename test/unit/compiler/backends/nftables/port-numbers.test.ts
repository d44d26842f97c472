import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { portNumbers } from '../../../../../main/compiler/backends/nftables/port-numbers.ts';
import { emptyRuleset, type Ruleset } from '../../../../../shared/plan/ruleset.ts';

/** A ruleset in which these devices have these numbers. */
function inForce(numbers: Readonly<Record<string, number>>, map = 'mark_out'): Ruleset {
  const elements = Object.entries(numbers).map(([port, mark]) => ({ port, values: [], mark }));
  const definition = { kind: 'marks', key: 'ifname', fields: [] } as const;
  return {
    ...emptyRuleset,
    bridge: { chains: {}, sets: { [map]: { definition: { ...definition, fields: [] }, elements } } },
  };
}

const numbersOf = (devices: readonly string[], ruleset: Ruleset = emptyRuleset) =>
  Object.fromEntries(portNumbers(devices, ruleset));

describe('portNumbers', () => {
  test.each([
    ['count from 1', ['a', 'b'], {}, { a: 1, b: 2 }],
    ['stay as they are', ['b', 'a'], { a: 1, b: 2 }, { a: 1, b: 2 }],
    ['stay as they are when others go', ['b'], { a: 1, b: 2 }, { b: 2 }],
    ['are taken up again', ['b', 'c'], { a: 1, b: 2 }, { b: 2, c: 1 }],
    ['fill the gaps', ['a', 'x', 'b', 'y'], { a: 1, b: 3 }, { a: 1, x: 2, b: 3, y: 4 }],
  ])('%s', (_, devices, before, expected) => {
    expect(numbersOf(devices, inForce(before))).toEqual(expected);
  });

  test('are known from either direction', () => {
    expect(numbersOf(['x', 'a'], inForce({ a: 1 }, 'mark_in'))).toEqual({ a: 1, x: 2 });
  });

  test('end with the mark', () => {
    const devices = Array.from({ length: 0x10000 }, (_, at) => `v${at}`);
    expect(portNumbers(devices.slice(1), emptyRuleset).size).toBe(0xffff);
    expect(() => portNumbers(devices, emptyRuleset)).toThrow(/More than 65535/);
  });

  test('are never shared, and never change while a device stays', () => {
    const devices = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g'));
    fc.assert(
      fc.property(fc.array(devices, { minLength: 1, maxLength: 8 }), (steps) => {
        let before: Readonly<Record<string, number>> = {};
        for (const step of steps) {
          const numbers = numbersOf(step, inForce(before));
          expect(new Set(Object.values(numbers)).size).toBe(step.length);
          for (const device of step) if (before[device] !== undefined) expect(numbers[device]).toBe(before[device]);
          before = numbers;
        }
      }),
    );
  });
});
