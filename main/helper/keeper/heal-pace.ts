/** So many losses in a row are mended at once: a firewall that is started anew flushes more than once. */
const freeLosses = 3;
const firstPause = 1000;
const longestPause = 60_000;

/**
 * When to put back what somebody takes away: at once, and where it is taken away again and again, after 1, 2, 4 … 60 seconds, so that two programs do
 * not spend the day undoing each other's work. What has stood for a minute since is a matter of the past.
 */
export interface HealPace {
  /** It went away; returns how long to leave it so, in milliseconds. */
  lost(now: number): number;
  /** It could not be put back; returns how long to wait before the next attempt. */
  failed(): number;
  /** It stands again. */
  healed(now: number): void;
  /** How often in a row it went away or could not be put back. */
  readonly losses: number;
}

export function createHealPace(): HealPace {
  let losses = 0;
  let healedAt = Number.NEGATIVE_INFINITY;
  const pause = () => (losses <= freeLosses ? 0 : Math.min(firstPause * 2 ** (losses - freeLosses - 1), longestPause));
  return {
    lost(now) {
      losses = now - healedAt >= longestPause ? 1 : losses + 1;
      return pause();
    },
    failed() {
      losses = Math.max(losses, freeLosses) + 1;
      return pause();
    },
    healed(now) {
      healedAt = now;
    },
    get losses() {
      return losses;
    },
  };
}
