import { followNeighbours } from '../proxy/follow-neighbours.ts';
import type { Wanted } from './keeper-files.ts';

/** Follows the guests of the lan networks that there are at the time. */
export interface LanFollower {
  /** Told at every look; what has not changed is left to go on. */
  follow(wanted: Wanted): void;
  /** Ends the programs that it has started. */
  stop(): void;
}

export function createLanFollower(failed: (error: unknown) => void): LanFollower {
  let followed = '';
  let stopper = new AbortController();
  let ended: Promise<void> = Promise.resolve();
  return {
    follow(wanted) {
      const lans = new Map([...wanted].filter(([, { proxy }]) => proxy !== undefined));
      const found = JSON.stringify([...lans].map(([network, { link, proxy }]) => [network, link, proxy]));
      if (found === followed) return;
      followed = found;
      stopper.abort();
      stopper = new AbortController();
      const { signal } = stopper;
      // Two at a time would each undo what the other has seen.
      ended = ended
        .then(() => (signal.aborted || lans.size === 0 ? undefined : followNeighbours(lans, signal)))
        .catch((error: unknown) => {
          failed(error);
          // The next look tries again.
          if (!signal.aborted) followed = '';
        });
    },
    stop: () => stopper.abort(),
  };
}
