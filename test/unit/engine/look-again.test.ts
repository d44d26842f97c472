import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createLookAgain } from '../../../main/engine/look-again.ts';

describe('looking again', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  /** When it is looked at, in seconds, if each look leaves it unfinished but the last. */
  function looksUntil(finished: number): readonly number[] {
    const looks: number[] = [];
    const begun = Date.now();
    const again = createLookAgain(() => {
      looks.push((Date.now() - begun) / 1000);
      again.after(looks.length < finished);
    });
    again.after(true);
    vi.advanceTimersByTime(600_000);
    again.stop();
    return looks;
  }

  it('comes later each time, and at the latest after a minute', () => {
    expect(looksUntil(9)).toEqual([1, 3, 7, 15, 31, 63, 123, 183, 243]);
  });

  it('does not come where nothing was left to do', () => {
    expect(looksUntil(1)).toEqual([1]);
  });

  it('begins anew with what is unfinished after that', () => {
    const look = vi.fn();
    const again = createLookAgain(look);
    for (const isUnfinished of [true, true, true, false, true]) again.after(isUnfinished);
    vi.advanceTimersByTime(1000);
    expect(look).toHaveBeenCalledTimes(1);
  });

  it('does not come once it is stopped', () => {
    const look = vi.fn();
    const again = createLookAgain(look);
    again.after(true);
    again.stop();
    vi.advanceTimersByTime(60_000);
    expect(look).not.toHaveBeenCalled();
  });
});
