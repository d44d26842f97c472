import { expect, it } from 'vitest';
import { createDropTally } from '../../../../main/engine/drops/drop-tally.ts';
import type { RuleCounter } from '../../../../main/engine/engine.ts';

const counter = (comment: string, packets: number, verdict = 'drop'): RuleCounter => ({
  family: 'bridge',
  chain: 'c',
  comment,
  verdict,
  packets,
  bytes: 0,
});
const drops = (name: string, count: number) => Array.from({ length: count }, () => ({ name }));

it('says what was dropped beyond what was told, once', () => {
  const tally = createDropTally([counter('a:1', 5), counter('b:2', 7)]);
  tally.saw([...drops('a:1', 20), ...drops('b:2', 1)]);
  const now = [counter('a:1', 10_005), counter('b:2', 8)];
  expect(tally.untold(now)).toEqual([{ name: 'a:1', packets: 9980 }]);
  expect(tally.untold(now)).toEqual([]);
});

it('adds up the chains that a rule stands in, and leaves out what passed', () => {
  const tally = createDropTally([]);
  const now = [counter('a:1', 2), counter('a:1', 3, 'reject'), counter('a:1', 9, 'accept')];
  expect(tally.untold(now)).toEqual([{ name: 'a:1', packets: 5 }]);
});

it('knows a counter that began anew', () => {
  const tally = createDropTally([counter('a:1', 100)]);
  tally.saw(drops('a:1', 3));
  expect(tally.untold([counter('a:1', 3)])).toEqual([]);
  tally.saw(drops('a:1', 1));
  expect(tally.untold([counter('a:1', 6)])).toEqual([{ name: 'a:1', packets: 2 }]);
});

it('is not ahead of counters that are older than what was told', () => {
  const tally = createDropTally([]);
  tally.saw(drops('a:1', 5));
  expect(tally.untold([counter('a:1', 4)])).toEqual([]);
  expect(tally.untold([counter('a:1', 5)])).toEqual([]);
  expect(tally.untold([counter('a:1', 7)])).toEqual([{ name: 'a:1', packets: 2 }]);
});
