import { isIPv6 } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatIpv6, parseIpv6 } from '../../../../shared/net/ipv6.ts';

describe('parseIpv6', () => {
  it.each([
    ['::', 0n],
    ['::1', 1n],
    ['1::', 1n << 112n],
    ['FE80::0:5', (0xfe80n << 112n) | 5n],
    ['1:2:3:4:5:6:7:8', 0x00010002000300040005000600070008n],
    ['::2:3:4:5:6:7:8', 0x00000002000300040005000600070008n],
    ['::ffff:10.0.0.1', 0xffff0a000001n],
    ['1:2:3:4:5:6:1.2.3.4', 0x00010002000300040005000601020304n],
  ])('reads %s', (text, address) => {
    expect(parseIpv6(text)).toBe(address);
  });

  it.each([
    '',
    ':',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4::5:6:7:8',
    '12345::',
    'fe80::1%eth0',
    '1.2.3.4',
    '1.2.3.4::',
    '::1.2.3.4:5',
    '::1.2.3.04',
    ':1:2:3:4:5:6:7',
    'g::',
    ' ::1',
  ])('refuses %j', (text) => {
    expect(parseIpv6(text)).toBeUndefined();
  });

  it('takes the same texts as Node', () => {
    const unit = fc.constantFrom('0', '1', 'a', 'F', ':', ':', ':', '.', '::', '1.2.3.4');
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 18 }), (text) => {
        expect(parseIpv6(text) !== undefined).toBe(isIPv6(text));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('formatIpv6', () => {
  it.each([
    ['0:0:0:0:0:0:0:0', '::'],
    ['1:0:0:0:0:0:0:0', '1::'],
    ['2001:DB8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['1:0:2:0:3:0:4:0', '1:0:2:0:3:0:4:0'],
    ['1:0:0:2:0:0:0:3', '1:0:0:2::3'],
    ['0:0:0:0:0:ffff:a00:1', '::ffff:10.0.0.1'],
    ['0:0:0:0:0:0:a00:1', '::a00:1'],
  ])('writes %s as %s', (long, short) => {
    expect(formatIpv6(parseIpv6(long) ?? -1n)).toBe(short);
  });

  it('writes what reads back', () => {
    const groups = fc.array(fc.constantFrom<bigint[]>(0n, 0n, 1n, 0xffffn, 0x8an), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(groups, (values) => {
        const address = values.reduce((sum, value) => (sum << 16n) | value, 0n);
        expect(parseIpv6(formatIpv6(address))).toBe(address);
      }),
    );
  });
});
