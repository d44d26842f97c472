import type { NetworkSetup } from '../../../shared/plan/network-setup.ts';
import { followNeighbours } from './follow-neighbours.ts';

/** Has `followNeighbours` run for the networks that stand at any time. */
export interface Follower {
  /** These stand now; nothing happens where they are the same as before. */
  follow(wanted: ReadonlyMap<string, NetworkSetup>): void;
  stop(): Promise<void>;
}

/** `failed` is told why following has ended, which it does by itself only when ip(8) is not to be had. */
export function createFollower(failed: (error: unknown) => void): Follower {
  let followed = '[]';
  let stopped = new AbortController();
  let running: Promise<void> = Promise.resolve();

  function start(wanted: ReadonlyMap<string, NetworkSetup>): void {
    stopped.abort();
    stopped = new AbortController();
    const { signal } = stopped;
    // One after the other, so that what an earlier one is at work on is not undone by it later.
    running = running.then(() => followNeighbours(wanted, signal)).catch(failed);
  }

  return {
    follow(wanted) {
      const lans = [...wanted].filter(([, setup]) => setup.proxy !== undefined);
      const next = JSON.stringify(lans.map(([name, { link, proxy }]) => [name, link?.bridge, proxy]));
      if (next === followed) return;
      followed = next;
      start(new Map(lans));
    },
    async stop() {
      stopped.abort();
      await running;
    },
  };
}
