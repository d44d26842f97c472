/** A copy of a tree of plain data without its places, so that trees from different texts compare. */
export function withoutSpans(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSpans);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== 'span')
      .map(([key, part]) => [key, withoutSpans(part)]),
  );
}
