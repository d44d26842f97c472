import { describe, expect, it } from 'vitest';
import { leasedAddresses } from '../../../main/engine/networks/leased-addresses.ts';

const mac = 0x5254_0000_0001n;
const duid = (more = '01') => `00:03:00:01:52:54:00:00:00:${more}`;

describe('guests of a lease file', () => {
  it.each<[string, string, readonly object[]]>([
    ['by MAC address and name', '1 52:54:00:00:00:01 10.0.0.5 web *', [{ name: 'web', mac, address: '10.0.0.5' }]],
    ['without a name', '1 52:54:00:00:00:01 10.0.0.5 * *', [{ name: undefined, mac, address: '10.0.0.5' }]],
    [
      'of a name that is no label',
      '1 52:54:00:00:00:01 10.0.0.5 a.b *',
      [{ name: undefined, mac, address: '10.0.0.5' }],
    ],
    [
      'of IPv6, by the MAC address in the DUID',
      `1 7 fd00::5 web ${duid()}`,
      [{ name: 'web', mac, address: 'fd00::5' }],
    ],
    ['of IPv6, by name alone', '1 7 fd00::5 web 00:04:01:02', [{ name: 'web', mac: undefined, address: 'fd00::5' }]],
    ['of IPv6 of whom nothing is known', '1 7 fd00::5 * 00:04:01:02', []],
    [
      'of IPv6 with several NICs, whose DUID may be of either',
      `1 7 fd00::5 web ${duid()}\n1 8 fd00::6 * ${duid()}`,
      [{ name: 'web', mac: undefined, address: 'fd00::5' }],
    ],
  ])('are found %s', (_, text, expected) => {
    expect(leasedAddresses(`${text}\n`)).toEqual(expected);
  });
});
