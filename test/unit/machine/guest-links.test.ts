import { describe, expect, it } from 'vitest';
import { parseGuestLinks } from '../../../main/machine/guest-links.ts';

const tap = { ifname: 'vnet0', flags: ['UP'], linkinfo: { info_kind: 'tun', info_data: { type: 'tap' } } };
const port = { master: 'gwbr0', linkinfo: { ...tap.linkinfo, info_slave_kind: 'bridge' } };

describe('the devices that a guest can be behind', () => {
  it.each<[string, object, readonly object[]]>([
    ['a TAP in no bridge', tap, [{ device: 'vnet0', kind: 'tap', up: true, bridge: undefined }]],
    ['a TAP at a bridge', { ...tap, ...port }, [{ device: 'vnet0', kind: 'tap', up: true, bridge: 'gwbr0' }]],
    ['a TAP that is down', { ...tap, flags: [] }, [{ device: 'vnet0', kind: 'tap', up: false, bridge: undefined }]],
    ["somebody's tunnel", { ...tap, linkinfo: { info_kind: 'tun', info_data: { type: 'tun' } } }, []],
    [
      'a veth at a bridge',
      { ifname: 'v0', flags: ['UP'], master: 'br0', linkinfo: { info_kind: 'veth', info_slave_kind: 'bridge' } },
      [{ device: 'v0', kind: 'veth', up: true, bridge: 'br0' }],
    ],
    ['a veth in no bridge', { ifname: 'v0', flags: [], linkinfo: { info_kind: 'veth' } }, []],
    [
      'a port of a bond',
      { ...tap, master: 'bond0', linkinfo: { ...tap.linkinfo, info_slave_kind: 'bond' } },
      [{ device: 'vnet0', kind: 'tap', up: true, bridge: undefined }],
    ],
    ['a cable', { ifname: 'eth0', flags: ['UP'] }, []],
  ])('%s', (_, link, found) => {
    expect(parseGuestLinks(JSON.stringify([link]))).toEqual(found);
  });

  it.each(['', '{}', 'nonsense', '[null]'])('are none in %j', (json) => {
    expect(parseGuestLinks(json)).toEqual([]);
  });
});
