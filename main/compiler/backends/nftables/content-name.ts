/** cyrb53: two 32 bit multiplications a step, good enough to tell contents apart, and pure. */
function hash53(text: string, seed: number): number {
  let high = 0xdeadbeef ^ seed;
  let low = 0x41c6ce57 ^ seed;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    high = Math.imul(high ^ unit, 0x9e3779b1);
    low = Math.imul(low ^ unit, 0x5f356495);
  }
  high = Math.imul(high ^ (high >>> 16), 0x85ebca6b) ^ Math.imul(low ^ (low >>> 13), 0xc2b2ae35);
  low = Math.imul(low ^ (low >>> 16), 0x85ebca6b) ^ Math.imul(high ^ (high >>> 13), 0xc2b2ae35);
  return 0x100000000 * (0x1fffff & low) + (high >>> 0);
}

/**
 * A name made of what it names: equal contents have one name, so equal shapes stand once and a changed chain is a new chain. 106 bits keep
 * different contents apart.
 */
export function contentName(prefix: string, content: unknown): string {
  const text = JSON.stringify(content);
  return `${prefix}_${hash53(text, 1).toString(36)}${hash53(text, 2).toString(36)}`;
}
