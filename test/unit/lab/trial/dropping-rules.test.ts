import { expect, it } from 'vitest';
import type { RuleCounter } from '../../../../main/engine/engine.ts';
import { droppingRules } from '../../../../main/lab/trial/dropping-rules.ts';

const counter = (comment: string, packets: number, verdict = 'drop', chain = 'c'): RuleCounter => ({
  family: 'bridge',
  chain,
  comment,
  verdict,
  packets,
  bytes: packets * 60,
});

it.each([
  ['nothing where nothing moved', [counter('f:1', 3)], [counter('f:1', 3)], []],
  ['the difference', [counter('f:1', 3)], [counter('f:1', 5)], [{ filter: 'f', line: 1, packets: 2 }]],
  ['rules that are new', [], [counter('f:1', 5)], [{ filter: 'f', line: 1, packets: 5 }]],
  ['no rules that accept', [], [counter('f:1', 5, 'accept')], []],
  ['rejects', [], [counter('f:1', 5, 'reject with tcp reset')], [{ filter: 'f', line: 1, packets: 5 }]],
  [
    'the sum over chains',
    [counter('f:1', 1, 'drop', 'a'), counter('f:1', 1, 'drop', 'b')],
    [counter('f:1', 2, 'drop', 'a'), counter('f:1', 3, 'drop', 'b')],
    [{ filter: 'f', line: 1, packets: 3 }],
  ],
  [
    'the busiest first',
    [],
    [counter('a:1', 1), counter('name:with:colons:12', 2)],
    [
      { filter: 'name:with:colons', line: 12, packets: 2 },
      { filter: 'a', line: 1, packets: 1 },
    ],
  ],
])('finds %s', (_, before, after, found) => {
  expect(droppingRules(before, after)).toEqual(found);
});
