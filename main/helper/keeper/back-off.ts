const firstPause = 1000;
const longestPause = 60_000;

/** When to start again what ends again and again: after 1, 2, 4 … 60 seconds, and after 1 again once it has lasted for a minute. */
export interface BackOff {
  /** Told at every look whether it runs; true: it does not, and it is time to start it. */
  observe(name: string, runs: boolean, now: number): boolean;
}

interface History {
  pause: number;
  /** When it was first seen as it is now. */
  since: number;
  runs: boolean;
}

export function createBackOff(): BackOff {
  const histories = new Map<string, History>();
  return {
    observe(name, runs, now) {
      const history = histories.get(name) ?? { pause: firstPause, since: now, runs: true };
      histories.set(name, history);
      if (history.runs !== runs) Object.assign(history, { runs, since: now });
      if (runs && now - history.since >= longestPause) history.pause = firstPause;
      if (runs || now - history.since < history.pause) return false;
      Object.assign(history, { pause: Math.min(2 * history.pause, longestPause), since: now });
      return true;
    },
  };
}
