import { describe, expect, it } from 'vitest';
import type { Link, Links } from '../../../main/helper/networks/observe-links.ts';
import { refusePlugs, standingPlugs, upNics } from '../../../main/helper/networks/plug-nics.ts';
import type { Plug } from '../../../shared/plan/plug.ts';

const link = (part: Partial<Link>): Link => ({
  kind: 'tun',
  alias: undefined,
  own: false,
  mac: '',
  mtu: 1500,
  up: true,
  master: undefined,
  isolated: false,
  stp: false,
  forwardDelay: 0,
  vlanFiltering: false,
  addresses: [],
  ...part,
});
const links: Links = new Map([
  ['virbr1', link({ kind: 'bridge', own: true })],
  ['virbr2', link({ kind: 'bridge', own: true })],
  ['br0', link({ kind: 'bridge' })],
  ['vnet0', link({ master: 'virbr1' })],
  ['veth0', link({ kind: 'veth', master: 'virbr1', up: false })],
  ['eth0', link({ kind: '', master: 'virbr1' })],
  ['loose', link({})],
  ['pair', link({ kind: 'veth' })],
  ['gw0', link({ own: true, master: 'virbr1' })],
  ['hosts', link({ master: 'br0' })],
]);
const move = (device: string, from: string | undefined = 'virbr1', to = 'virbr2'): Plug => ({ device, from, to });

describe('the helper moves', () => {
  it.each([
    ['a TAP', move('vnet0')],
    ['a veth', move('veth0')],
    ['a TAP in no bridge', { device: 'loose', to: 'virbr2' }],
    ['one into a bridge that is yet to be made', move('vnet0', 'virbr1', 'virbr3')],
  ])('%s', (_name, plug) => {
    expect(refusePlugs([plug], links)).toBeUndefined();
  });
});

describe('the helper refuses, and leaves alone,', () => {
  it.each<[string, Plug, string]>([
    ['what is not there', move('vnet9'), 'is not there'],
    ['what has been plugged in elsewhere', move('vnet0', 'virbr2', 'virbr1'), 'is in the bridge virbr1, not in the'],
    ['what is in no bridge any more', move('loose'), 'is in no bridge, not in the bridge virbr1'],
    ['what has been plugged in', { device: 'vnet0', to: 'virbr2' }, 'is in the bridge virbr1, not in no bridge'],
    ["the host's own cable", move('eth0'), 'is neither a TAP nor a veth'],
    ['a veth in no bridge', { device: 'pair', to: 'virbr2' }, 'is a veth in no bridge'],
    ['what Guestward has made', move('gw0'), "is of Guestward's own making"],
    ["one in a bridge of the host's", move('hosts', 'br0'), 'would need br0'],
    ["a bridge of the host's as its target", move('vnet0', 'virbr1', 'br0'), 'would need br0'],
  ])('%s', (_name, plug, message) => {
    expect(refusePlugs([move('veth0'), plug], links)).toMatchObject({
      kind: 'nic-elsewhere',
      device: plug.device,
      message: expect.stringContaining(message),
    });
    expect(standingPlugs([move('veth0'), plug], links)).toEqual([move('veth0')]);
  });
});

it('only those are silenced that were not silent', () => {
  expect(upNics([move('vnet0'), move('veth0')], links)).toEqual(['vnet0']);
});
