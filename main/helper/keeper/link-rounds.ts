import { followProgram } from './follow-program.ts';
import type { Wanted } from './keeper-files.ts';

/** Something about devices of others that has to be seen to. */
export interface LinkJob {
  /** Whether there is anything to see to. */
  concerns(wanted: Wanted): boolean;
  /** False where not all of it could be done. */
  work(wanted: Wanted): Promise<boolean>;
}

/** Has jobs done whenever the kernel tells of links and whenever other networks are wanted. */
export interface LinkRounds {
  /** Told at every look. */
  look(wanted: Wanted): void;
}

/**
 * There is no setting for a bridge's ports to come, and an nft rule would have to know the bridge's name, which many kernels cannot match
 * (NFT_BRIDGE_META); so the kernel's news of links are followed. The jobs are done in their order.
 * @param failed told of what should not happen
 */
export function createLinkRounds(jobs: readonly LinkJob[], failed: (error: unknown) => void): LinkRounds {
  let seen: Wanted | undefined;
  let isDue = false;
  let isAtWork = false;
  const rounds = async () => {
    while (isDue && seen !== undefined) {
      isDue = false;
      let isDone = true;
      for (const job of jobs) if (job.concerns(seen) && !(await job.work(seen))) isDone = false;
      // A device may be gone by now, or not yet what it will be: the next look tries again.
      if (!isDone) seen = undefined;
    }
  };
  const start = () => {
    isDue = true;
    if (isAtWork) return;
    isAtWork = true;
    // Not in the keeper's rounds, in which other things are waited for.
    void rounds()
      .catch(failed)
      .finally(() => {
        isAtWork = false;
      });
  };
  const links = followProgram('ip', ['-o', 'monitor', 'link'], start, start);
  return {
    look(wanted) {
      if (!jobs.some((job) => job.concerns(wanted))) return;
      links.ensure();
      if (wanted === seen) return;
      seen = wanted;
      start();
    },
  };
}
