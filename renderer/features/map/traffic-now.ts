import type { Traffic } from '../../../shared/rpc/machine.ts';

/** Bytes a second, as the device counts: of a guest's TAP, received is what the guest sends. */
export interface DeviceRate {
  readonly received: number;
  readonly sent: number;
}

export interface TrafficNow {
  readonly last: Traffic | undefined;
  /** By device; those that were counted twice. */
  readonly rates: Readonly<Record<string, DeviceRate>>;
}

export const noTraffic: TrafficNow = { last: undefined, rates: {} };

/** What passes by the last two counts. A device whose counters went back is a new one, and is not known until the next count. */
export function nextTraffic({ last, rates }: TrafficNow, traffic: Traffic): TrafficNow {
  if (last === undefined) return { last: traffic, rates: {} };
  const seconds = (traffic.at - last.at) / 1000;
  if (seconds <= 0) return { last: traffic, rates };
  const next = Object.entries(traffic.devices).flatMap(([device, now]): readonly [string, DeviceRate][] => {
    const before = last.devices[device];
    if (before === undefined) return [];
    const received = now.receivedBytes - before.receivedBytes;
    const sent = now.sentBytes - before.sentBytes;
    return received < 0 || sent < 0 ? [] : [[device, { received: received / seconds, sent: sent / seconds }]];
  });
  return { last: traffic, rates: Object.fromEntries(next) };
}

/** Of several devices together. */
export function rateOf(rates: TrafficNow['rates'], devices: readonly string[]): DeviceRate {
  let [received, sent] = [0, 0];
  for (const device of devices) {
    received += rates[device]?.received ?? 0;
    sent += rates[device]?.sent ?? 0;
  }
  return { received, sent };
}

const units = ['B/s', 'kB/s', 'MB/s', 'GB/s'] as const;

/** A rate in a unit that leaves at most three digits before the point. */
export function formatByteRate(bytes: number): string {
  let [value, unit] = [bytes, 0];
  while (value >= 999.5 && unit < units.length - 1) [value, unit] = [value / 1000, unit + 1];
  return `${value >= 9.95 || unit === 0 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

/** How wide a line is drawn, in four steps. */
export function lineWidth(bytes: number): number {
  if (bytes < 1) return 1.5;
  if (bytes < 100_000) return 2;
  return bytes < 10_000_000 ? 3 : 4.5;
}
