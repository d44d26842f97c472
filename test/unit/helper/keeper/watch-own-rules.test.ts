import { describe, expect, it } from 'vitest';
import type { RulesetChange } from '../../../../main/helper/keeper/read-ruleset-changes.ts';
import { watchOwnRules } from '../../../../main/helper/keeper/watch-own-rules.ts';

const by = { pid: 77, program: 'nft' };
const change: RulesetChange = { touchesOthers: false, takes: undefined, isOwn: false, makesTable: false, by };
const flush: RulesetChange = { ...change, takes: 'tables' };
const ownChange: RulesetChange = { ...change, takes: 'parts', isOwn: true };
const ownLoad: RulesetChange = { ...change, takes: 'tables', isOwn: true, makesTable: true };

/** What is missing after these changes, and how often it rang. */
function after(...changes: readonly RulesetChange[]) {
  let rung = 0;
  const watch = watchOwnRules(() => {
    rung += 1;
  });
  for (const one of changes) watch.heard(one);
  return { what: watch.loss?.what, by: watch.loss?.by, rung };
}

describe('rules of ours', () => {
  it.each<readonly [string, readonly RulesetChange[], object]>([
    ['are missing after a flush', [flush], { what: 'tables', by, rung: 1 }],
    ['are there after a change of ours', [ownChange, ownLoad], { what: undefined, by: undefined, rung: 0 }],
    ['are there after an addition by somebody else', [change], { what: undefined, by: undefined, rung: 0 }],
    ['are there once all were loaded anew', [flush, ownLoad], { what: undefined, by: undefined, rung: 1 }],
    ['are still missing after a change that builds on them', [flush, ownChange], { what: 'tables', by, rung: 1 }],
  ])('%s', (_, changes, expected) => {
    expect(after(...changes)).toEqual(expected);
  });

  it('may be missing where nobody has listened, and it is no longer so when that was seen to', () => {
    const watch = watchOwnRules(() => undefined);
    watch.missed();
    const { loss } = watch;
    expect(loss?.what).toBe('unseen');
    watch.heard(flush);
    if (loss !== undefined) watch.settle(loss);
    expect(watch.loss?.what, 'what came meanwhile is not seen to').toBe('tables');
  });
});
