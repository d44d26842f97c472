/** Repeatable chance: the same seed gives the same throws. */
export interface Dice {
  /** A whole number from 0 to `limit` - 1. */
  below(limit: number): number;
  chance(share: number): boolean;
  pick<T>(values: readonly T[]): T;
  bits(width: number): bigint;
}

/** mulberry32: 32 bits of state are plenty to build one frame. */
export function createDice(seed: number): Dice {
  let state = seed | 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    below,
    chance: (share) => next() < share,
    pick: (values) => {
      if (values.length === 0) throw new RangeError('There is nothing to pick from.');
      return values[below(values.length)] as (typeof values)[number];
    },
    bits: (width) => {
      let value = 0n;
      for (let at = 0; at < width; at += 16) value = (value << 16n) | BigInt(below(0x10000));
      return value & ((1n << BigInt(width)) - 1n);
    },
  };
}
