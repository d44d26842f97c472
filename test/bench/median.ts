/** The middle one of the values, or the mean of the two in the middle; there must be one. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const [low, high] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]];
  if (low === undefined || high === undefined) throw new Error('nothing was measured');
  return (low + high) / 2;
}

/** The largest of the quickest tenth: what a step takes when nothing else runs, as far as it can be seen on a busy machine. */
export function quickestTenth(values: readonly number[]): number {
  const value = values.toSorted((a, b) => a - b)[Math.floor(values.length / 10)];
  if (value === undefined) throw new Error('nothing was measured');
  return value;
}
