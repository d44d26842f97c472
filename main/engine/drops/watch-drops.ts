import type { Engine } from '../engine.ts';
import type { Outcome } from '../failure.ts';
import type { Drop } from './drop.ts';
import { createDropTally, type Untold } from './drop-tally.ts';

interface Told {
  drops(drops: readonly Drop[]): void;
  untold(untold: readonly Untold[]): void;
  ended(reason: string): void;
}

/** Counters take the helper's lock for a moment; they are read only while there is something to count. */
const countMilliseconds = 3000;
/** What was logged when the counters were read has come through by then. */
const settleMilliseconds = 300;

/** Follows drops, and now and then says how many there were beside those that the kernel has told of. Returns what ends it. */
export async function watchDrops(engine: Engine, told: Told): Promise<Outcome<() => void>> {
  const first = await engine.status();
  if (!first.ok) return first;
  const tally = createDropTally(first.value.counters);
  let timer: NodeJS.Timeout | undefined;
  let isOver = false;

  async function count(): Promise<void> {
    const status = await engine.status();
    if (!status.ok) {
      timer = undefined;
      return;
    }
    timer = setTimeout(() => {
      timer = undefined;
      if (isOver) return;
      const untold = tally.untold(status.value.counters);
      if (untold.length === 0) return;
      told.untold(untold);
      // It may go on without a packet that is told of.
      ensureCount();
    }, settleMilliseconds);
  }
  const ensureCount = (): void => {
    if (!isOver) timer ??= setTimeout(() => void count(), countMilliseconds);
  };

  const following = await engine.followDrops(
    (drops) => {
      if (isOver || drops.length === 0) return;
      tally.saw(drops);
      told.drops(drops);
      ensureCount();
    },
    (reason) => {
      if (!isOver) told.ended(reason);
    },
  );
  if (!following.ok) return following;
  return {
    ok: true,
    value: () => {
      isOver = true;
      clearTimeout(timer);
      following.value();
    },
  };
}
