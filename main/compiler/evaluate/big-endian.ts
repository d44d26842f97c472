/** The number in `length` bytes in network order; undefined where they are not all there. */
export function bigEndian(bytes: Uint8Array, offset: number, length: number): bigint | undefined {
  if (offset < 0 || offset + length > bytes.length) return undefined;
  let value = 0n;
  for (const byte of bytes.subarray(offset, offset + length)) value = (value << 8n) | BigInt(byte);
  return value;
}
