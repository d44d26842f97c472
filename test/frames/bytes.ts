/** A number in network byte order. */
export function uint(value: number | bigint, length: number): Uint8Array {
  const rest = BigInt(value);
  return Uint8Array.from({ length }, (_, at) => Number((rest >> BigInt(8 * (length - 1 - at))) & 0xffn));
}

export function bytes(...values: readonly number[]): Uint8Array {
  return Uint8Array.from(values);
}

export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(parts));
}

/** A copy with other bytes at one place. */
export function withBytes(whole: Uint8Array, offset: number, part: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(whole);
  copy.set(part, offset);
  return copy;
}

export function toHex(whole: Uint8Array): string {
  return Buffer.from(whole).toString('hex');
}

/** The Internet checksum (RFC 1071). */
export function internetChecksum(whole: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < whole.length; at += 2) {
    sum += ((whole[at] as number) << 8) | (whole[at + 1] ?? 0);
    sum = (sum & 0xffff) + (sum >>> 16);
  }
  return ~sum & 0xffff;
}

/** CRC32c as SCTP has it, in the byte order in which it stands in the header (RFC 9260, appendix A). */
export function crc32c(whole: Uint8Array): Uint8Array {
  let crc = 0xffffffff;
  for (const byte of whole) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? 0x82f63b78 : 0);
  }
  return uint(~crc >>> 0, 4).reverse();
}
