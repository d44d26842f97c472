import { setTimeout as wait } from 'node:timers/promises';

/** Between two looks at whether somebody else has confirmed, and two tries to take back. */
const lookMilliseconds = 500;
/** A helper that cannot take a change back leaves it to the next one. */
const graceMilliseconds = 30_000;

/** Waits, in a session's helper, until the session's change was confirmed or taken back. */
export interface Countdown {
  /** `peek` tells all the time, without the lock, whether anything can still wait; `look` is called when the time is over, until it says that nothing does. */
  begin(until: number, peek: () => boolean, look: () => Promise<boolean>): void;
  /** Ends when nothing waits: a helper whose client has gone stays as long. */
  over(): Promise<void>;
}

/** Closing the terminal in which a change was made must not keep it from being taken back. */
const heedless = () => undefined;

export function createCountdown(): Countdown {
  let running = Promise.resolve();
  const run = async (until: number, peek: () => boolean, look: () => Promise<boolean>): Promise<void> => {
    process.on('SIGHUP', heedless);
    process.on('SIGINT', heedless);
    while (Date.now() < until && peek()) await wait(Math.min(lookMilliseconds, Math.max(0, until - Date.now())));
    while (Date.now() < until + graceMilliseconds && peek() && (await look())) await wait(lookMilliseconds);
    process.off('SIGHUP', heedless);
    process.off('SIGINT', heedless);
  };
  return {
    begin(until, peek, look) {
      running = running.then(() => run(until, peek, look));
    },
    over: () => running,
  };
}
