const quote = 0x22;
const backslash = 0x5c;
const openers: ReadonlySet<number> = new Set([0x5b, 0x7b]);
const closers: ReadonlySet<number> = new Set([0x5d, 0x7d]);

/** Reads UTF-8 JSON that is nested at most `maxDepth` deep; undefined for everything else. Its depth is known before anything is built. */
export function parseJson(bytes: Uint8Array, maxDepth: number): { readonly value: unknown } | undefined {
  if (isDeeperThan(bytes, maxDepth)) return undefined;
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
    return { value };
  } catch {
    return undefined;
  }
}

function isDeeperThan(bytes: Uint8Array, maxDepth: number): boolean {
  let depth = 0;
  let inString = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] as number;
    if (inString) {
      if (byte === backslash) at += 1;
      else if (byte === quote) inString = false;
    } else if (byte === quote) {
      inString = true;
    } else if (openers.has(byte)) {
      depth += 1;
      if (depth > maxDepth) return true;
    } else if (closers.has(byte)) {
      depth -= 1;
    }
  }
  return false;
}
