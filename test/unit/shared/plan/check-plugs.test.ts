import { describe, expect, it } from 'vitest';
import { checkPlugs } from '../../../../shared/plan/check-plugs.ts';
import type { NetworkChange, NetworkSetup } from '../../../../shared/plan/network-setup.ts';
import { type Plug, plugSchema, turnedPlugs } from '../../../../shared/plan/plug.ts';

const setup = (bridge: string | undefined, ...taps: readonly string[]): NetworkSetup => ({
  ...(bridge === undefined
    ? { hostBridge: 'br0' }
    : { link: { bridge, mac: '52:54:00:00:00:01', stp: false, forwardDelay: 0, ipv6: true, learning: true } }),
  addresses: [],
  routes: [],
  forwarding: [],
  bandwidth: {},
  accepts: [],
  cures: [],
  taps: taps.map((device) => ({ device, owner: 0, isolated: false, bandwidth: {} })),
});
const standing = new Map([
  ['lab', setup('virbr1', 'gw0')],
  ['den', setup('virbr2')],
  ['host', setup(undefined)],
]);
const problems = (plugs: readonly Plug[], networks?: NetworkChange[]) =>
  checkPlugs({ plugs: [...plugs], networks }, standing).map(({ message }) => message);
const move: Plug = { device: 'vnet0', from: 'virbr1', to: 'virbr2' };

describe('a plan may plug a NIC of others', () => {
  it.each<[string, Plug, NetworkChange[] | undefined]>([
    ["from one network's bridge into another's", move, undefined],
    ['from no bridge', { device: 'vnet0', to: 'virbr2' }, undefined],
    ['into none, as undoing does', { device: 'vnet0', from: 'virbr2' }, undefined],
    ['from a network that goes', move, [{ network: 'lab', setup: null }]],
    ['into one that comes', { ...move, to: 'virbr3' }, [{ network: 'new', setup: setup('virbr3') }]],
  ])('%s', (_name, plug, networks) => {
    expect(problems([plug], networks)).toEqual([]);
  });
});

describe('a plan may not plug', () => {
  it.each<[string, readonly Plug[], NetworkChange[] | undefined, string]>([
    ["into a bridge that is no network's", [{ ...move, to: 'virbr9' }], undefined, 'virbr9 is no bridge of a network'],
    ["into the host's own bridge", [{ ...move, to: 'br0' }], undefined, 'br0 is no bridge of a network'],
    ["out of the host's own bridge", [{ ...move, from: 'br0' }], undefined, 'br0 is no bridge of a network'],
    ['into a network that goes', [move], [{ network: 'den', setup: null }], 'virbr2 is no bridge of a network'],
    ['a port of Guestward', [{ ...move, device: 'gw0' }], undefined, "it is of Guestward's own making"],
    ['a bridge of Guestward', [{ ...move, device: 'virbr1' }], undefined, "it is of Guestward's own making"],
    ['one twice', [move, { device: 'vnet0', to: 'virbr1' }], undefined, 'it stands twice'],
    ['one to where it is', [{ ...move, to: 'virbr1' }], undefined, 'it stays where it is'],
    ['one from nowhere to nowhere', [{ device: 'vnet0' }], undefined, 'it stays where it is'],
  ])('%s', (_name, plugs, networks, message) => {
    expect(problems(plugs, networks)).toEqual([expect.stringContaining(message)]);
  });

  it.each(['-vnet0', 'vnet0 nomaster', 'a\nb', '../x', ''])('a device of the name %j', (device) => {
    expect(plugSchema.safeParse({ ...move, device }).success).toBe(false);
    expect(plugSchema.safeParse({ ...move, to: device }).success).toBe(false);
  });
});

it('turned, plugs lead back in the other order', () => {
  expect(turnedPlugs([move, { device: 'tap0', to: 'virbr1' }])).toEqual([
    { device: 'tap0', from: 'virbr1' },
    { device: 'vnet0', from: 'virbr2', to: 'virbr1' },
  ]);
});
