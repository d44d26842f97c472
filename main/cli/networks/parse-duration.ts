const seconds: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

/** `90s`, `30m`, `2h`, `1d12h` in seconds; undefined for what is none, or no time at all. */
export function parseDuration(text: string): number | undefined {
  if (!/^(?:[0-9]{1,6}[smhdw])+$/.test(text)) return undefined;
  const parts = [...text.matchAll(/([0-9]+)([smhdw])/g)];
  const sum = parts.reduce((total, [, number, unit = '']) => total + Number(number) * (seconds[unit] ?? 0), 0);
  return sum > 0 ? sum : undefined;
}
