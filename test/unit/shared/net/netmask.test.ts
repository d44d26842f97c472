import { describe, expect, it } from 'vitest';
import { prefixLength, prefixMask } from '../../../../shared/net/netmask.ts';

describe('prefixLength', () => {
  it.each([32, 48, 128])('finds every prefix of %i bits that prefixMask makes', (width) => {
    for (let length = 0; length <= width; length++) expect(prefixLength(prefixMask(length, width), width)).toBe(length);
  });

  it.each([
    ['255.0.255.0', 0xff00ff00n, 32],
    ['01:00:00:00:00:00', 0x010000000000n, 48],
    ['0.0.0.1', 1n, 32],
  ])('refuses %s, which has a zero before a one', (_, mask, width) => {
    expect(prefixLength(mask, width)).toBeUndefined();
  });
});
