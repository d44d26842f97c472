const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** How long ago, in the largest unit that fits; both in milliseconds since 1970. */
export function relativeTime(at: number, now: number): string {
  const format = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
  const [unit, size] = units.find(([, milliseconds]) => now - at >= milliseconds) ?? ['second', 1000];
  return unit === 'second' ? format.format(0, 'second') : format.format(-Math.floor((now - at) / size), unit);
}
