const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Waits for Ctrl-C, for the end of the session, or until nobody reads the output any more (`guestward log | head`). */
export function untilInterrupted(): Promise<undefined> {
  return new Promise((resolve) => {
    const end = (): void => resolve(undefined);
    for (const signal of signals) process.once(signal, end);
    process.stdout.once('error', end);
  });
}
