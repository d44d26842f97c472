/** What a document may have at most; far above any filter that a person writes, far below what could tie the reader up. */
export const xmlLimits = {
  /** UTF-16 units. */
  text: 262_144,
  depth: 16,
  elements: 10_000,
  attributes: 64,
  attributeValue: 4096,
} as const;
