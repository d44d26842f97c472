import type { Traffic } from '../../../shared/rpc/machine.ts';

/** Bits a second between two counts. */
export interface Rate {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly received: number;
  readonly sent: number;
}

/** As many as are shown: some two minutes. */
export const shownRates = 120;

interface Counted {
  readonly at: number;
  readonly receivedBytes: number;
  readonly sentBytes: number;
}

export interface Watched {
  readonly last: Counted | undefined;
  readonly rates: readonly Rate[];
}

export const nothingWatched: Watched = { last: undefined, rates: [] };

/** Adds what a device has counted until now. Counters that went back (the device is a new one) begin anew; a device that is gone counts nothing. */
export function watchDevice({ last, rates }: Watched, device: string, { at, devices }: Traffic): Watched {
  const now = devices[device];
  if (now === undefined) return { last: undefined, rates };
  const counted = { at, receivedBytes: now.receivedBytes, sentBytes: now.sentBytes };
  const isNew = last === undefined || now.receivedBytes < last.receivedBytes || now.sentBytes < last.sentBytes;
  if (isNew || at <= last.at) return { last: counted, rates };
  const perSecond = (bytes: number): number => (bytes * 8 * 1000) / (at - last.at);
  const rate = {
    at,
    received: perSecond(now.receivedBytes - last.receivedBytes),
    sent: perSecond(now.sentBytes - last.sentBytes),
  };
  return { last: counted, rates: [...rates, rate].slice(-shownRates) };
}

const units = ['bit/s', 'kbit/s', 'Mbit/s', 'Gbit/s'] as const;

/** A rate in a unit that leaves at most three digits before the point. */
export function formatRate(bits: number): string {
  let [value, unit] = [bits, 0];
  while (value >= 999.5 && unit < units.length - 1) [value, unit] = [value / 1000, unit + 1];
  return `${value >= 10 || unit === 0 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}
