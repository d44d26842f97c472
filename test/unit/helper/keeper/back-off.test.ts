import { describe, expect, it } from 'vitest';
import { createBackOff } from '../../../../main/helper/keeper/back-off.ts';

/** The seconds in which it is started again, looking once a second. */
function starts(runsAt: (second: number) => boolean, seconds: number): readonly number[] {
  const backOff = createBackOff();
  const all = Array.from({ length: seconds }, (_, second) => second);
  return all.filter((second) => backOff.observe('net', runsAt(second), second * 1000));
}

describe('what does not run', () => {
  it('is started again after longer and longer pauses, of a minute at most', () => {
    expect(starts((second) => second < 10, 200)).toEqual([11, 13, 17, 25, 41, 73, 133, 193]);
  });

  it('is started again soon after it has run for a minute', () => {
    const runs = (second: number) => second !== 1 && second !== 2 && second !== 100 && second !== 101;
    expect(starts(runs, 120)).toEqual([2, 101]);
  });

  it('is started again later where it never runs for long', () => {
    expect(starts((second) => second % 4 === 0, 20)).toEqual([2, 7]);
  });

  it('does not hold up others', () => {
    const backOff = createBackOff();
    backOff.observe('a', false, 0);
    backOff.observe('a', false, 1000);
    expect(backOff.observe('b', false, 1000)).toBe(false);
    expect(backOff.observe('b', false, 2000)).toBe(true);
    expect(backOff.observe('a', false, 2000)).toBe(false);
  });
});
