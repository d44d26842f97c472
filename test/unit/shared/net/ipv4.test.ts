import { isIPv4 } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatIpv4, parseIpv4 } from '../../../../shared/net/ipv4.ts';

describe('parseIpv4', () => {
  it.each([
    ['0.0.0.0', 0n],
    ['10.33.8.131', 0x0a210883n],
    ['255.255.255.255', 0xffffffffn],
  ])('reads %s', (text, address) => {
    expect(parseIpv4(text)).toBe(address);
  });

  it.each([
    '',
    '1.2.3',
    '127.1',
    '1.2.3.4.5',
    '010.0.0.1',
    '1.2.3.256',
    '0x7f.0.0.1',
    '2130706433',
    '1.2.3.4 ',
    '1..2.3',
  ])('refuses %j, whatever inet_aton makes of it', (text) => {
    expect(parseIpv4(text)).toBeUndefined();
  });

  it('takes the same texts as Node', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('0', '1', '2', '5', '.'), maxLength: 16 }), (text) => {
        expect(parseIpv4(text) !== undefined).toBe(isIPv4(text));
      }),
    );
  });
});

describe('formatIpv4', () => {
  it('writes what reads back', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 0xffffffffn }), (address) => {
        expect(parseIpv4(formatIpv4(address))).toBe(address);
      }),
    );
  });
});
