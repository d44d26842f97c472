/** FNV-1a, 32 bits (RFC draft-eastlake-fnv): spreads texts evenly enough to choose by, and the same text always leads to the same choice. */
export function hashNumber(text: string): number {
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(text)) hash = Math.imul(hash ^ byte, 0x01000193);
  // FNV's low bits are better than its high ones after short texts; a last mix (murmur3's) evens them out.
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
