/** A mask of `width` bits whose first `length` bits are one. */
export function prefixMask(length: number, width: number): bigint {
  return ((1n << BigInt(length)) - 1n) << BigInt(width - length);
}

/** The count of leading one bits of a mask of `width` bits; undefined where a zero stands before a one. */
export function prefixLength(mask: bigint, width: number): number | undefined {
  const zeros = (1n << BigInt(width)) - 1n - mask;
  if ((zeros & (zeros + 1n)) !== 0n) return undefined;
  return zeros === 0n ? width : width - zeros.toString(2).length;
}
