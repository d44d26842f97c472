/** Has something looked at again after a while, later and later, for as long as the look before it says so. */
export interface LookAgain {
  /** What the last look came to. */
  after(isUnfinished: boolean): void;
  stop(): void;
}

const firstMilliseconds = 1000;
const mostMilliseconds = 60_000;

export function createLookAgain(look: () => void): LookAgain {
  let timer: NodeJS.Timeout | undefined;
  let delay = firstMilliseconds;
  const stop = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  return {
    after(isUnfinished) {
      stop();
      if (!isUnfinished) {
        delay = firstMilliseconds;
        return;
      }
      // No process is to stay for this alone.
      timer = setTimeout(look, delay).unref();
      delay = Math.min(2 * delay, mostMilliseconds);
    },
    stop,
  };
}
