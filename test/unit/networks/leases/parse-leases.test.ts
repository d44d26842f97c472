import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseLeases } from '../../../../main/networks/leases/parse-leases.ts';

describe('a lease file of dnsmasq', () => {
  it('is read with what guests call themselves', () => {
    const text = [
      '1790000000 52:54:00:00:00:01 10.71.0.100 first ff:00:01',
      '0 52:54:0:0:0:2 10.71.0.101 * *',
      'duid 00:01:00:01:30:9a:2c:6d:aa:bb:cc:dd:ee:ff',
      '1790000001 16908291 fd00:71::101 second 00:03:00:01:52:54:00:00:00:03',
      '1790000002 T7 fd00:71::102 * 00:03',
      '',
    ].join('\n');
    expect(parseLeases(text)).toEqual([
      {
        expiry: 1790000000,
        mac: '52:54:00:00:00:01',
        address: '10.71.0.100',
        hostname: 'first',
        clientId: 'ff:00:01',
        family: 'ipv4',
      },
      { expiry: 0, mac: '52:54:00:00:00:02', address: '10.71.0.101', family: 'ipv4' },
      {
        expiry: 1790000001,
        address: 'fd00:71::101',
        hostname: 'second',
        clientId: '00:03:00:01:52:54:00:00:00:03',
        family: 'ipv6',
        iaid: 16908291,
      },
      { expiry: 1790000002, address: 'fd00:71::102', clientId: '00:03', family: 'ipv6', iaid: 7 },
    ]);
  });

  it.each([
    ['no number', 'soon 52:54:00:00:00:01 10.71.0.100 a *'],
    ['no address', '1 52:54:00:00:00:01 10.71.0.256 a *'],
    ['too many words', '1 52:54:00:00:00:01 10.71.0.100 a * more'],
    ['a line that is too long', `1 52:54:00:00:00:01 10.71.0.100 a ${'00:'.repeat(2000)}00`],
    ['an association without a number', '1 52:54:00:00:00:01 fd00::1 a *'],
  ])('is read without the line that has %s', (_, line) => {
    expect(parseLeases(`${line}\n2 52:54:00:00:00:01 10.71.0.1 a *`)).toHaveLength(1);
  });

  it.each(['\u001b[31m', 'a\tb', '<b>', '-x', 'ä', 'a'.repeat(255)])('gives no name like %j', (name) => {
    expect(parseLeases(`1 52:54:00:00:00:01 10.71.0.1 ${name} *`)[0]?.hostname).toBeUndefined();
  });

  it('is never too strange to be read, and what comes of it is plain', () => {
    const word = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.constantFrom('1', '*', '10.0.0.1', 'fd00::1', '52:54:00:00:00:01', 'T1', 'duid', '\n', ''),
    );
    const bytes = fc.uint8Array({ maxLength: 300 }).map((data) => Buffer.from(data).toString('utf8'));
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(word, { maxLength: 30 }).map((words) => words.join(' ')),
          bytes,
        ),
        (text) => {
          for (const lease of parseLeases(text)) {
            expect(JSON.stringify(lease)).toMatch(/^[ -~]*$/);
            expect(Number.isSafeInteger(lease.expiry)).toBe(true);
          }
        },
      ),
    );
  });
});
