/** Reads a signed decimal number within a range; undefined where the text is none. */
export function parseInteger(text: string, min: number, max: number): number | undefined {
  if (!/^[+-]?[0-9]{1,9}$/.test(text)) return undefined;
  const value = Number(text);
  // Not -0, which compares equal to 0 but prints otherwise.
  return value >= min && value <= max ? value + 0 : undefined;
}
