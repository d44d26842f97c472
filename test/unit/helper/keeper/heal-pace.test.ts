import { describe, expect, it } from 'vitest';
import { createHealPace } from '../../../../main/helper/keeper/heal-pace.ts';

/** The pauses of as many losses, each this long after the one before was mended. */
function pauses(count: number, between: number): readonly number[] {
  const pace = createHealPace();
  let now = 1000;
  return Array.from({ length: count }, () => {
    now += between;
    const pause = pace.lost(now);
    now += pause;
    pace.healed(now);
    return pause;
  });
}

describe('the pace of healing', () => {
  it('is none for a few losses in a row, then slower and slower up to a minute', () => {
    expect(pauses(11, 100)).toEqual([0, 0, 0, 1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000]);
  });

  it('starts anew once what was put back has stood for a minute', () => {
    expect(pauses(8, 60_000)).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
    expect(pauses(5, 59_999)).toEqual([0, 0, 0, 1000, 2000]);
  });

  it('never is to try again at once where nothing could be put back', () => {
    const pace = createHealPace();
    expect(pace.lost(0)).toBe(0);
    expect([pace.failed(), pace.failed(), pace.failed()]).toEqual([1000, 2000, 4000]);
    expect(pace.losses).toBe(6);
  });
});
