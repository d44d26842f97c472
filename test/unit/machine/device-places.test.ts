import { describe, expect, test } from 'vitest';
import { parseDevicePlaces } from '../../../main/machine/device-places.ts';

describe('a listing of links tells which device is a port of a bridge', () => {
  test.each<[string, unknown, [string, string][] | undefined]>([
    [
      'a port',
      [{ ifname: 'vnet0', master: 'br0', linkinfo: { info_slave_kind: 'bridge' } }],
      [['vnet0', 'bridge-port']],
    ],
    ['a device of its own', [{ ifname: 'eth0' }], [['eth0', 'apart']]],
    ['a member of a bond', [{ ifname: 'eth0', linkinfo: { info_slave_kind: 'bond' } }], [['eth0', 'apart']]],
    ['the empty entries that ip prints', [{}, null, { ifname: 'lo' }], [['lo', 'apart']]],
    ['no list', { ifname: 'lo' }, undefined],
  ])('%s', (_, listing, places) => {
    const found = parseDevicePlaces(JSON.stringify(listing));
    expect(found === undefined ? undefined : [...found]).toEqual(places);
  });

  test('no JSON', () => {
    expect(parseDevicePlaces('ip: not found')).toBeUndefined();
  });
});
