import { describe, expect, it } from 'vitest';
import type { ActionSurroundings } from '../../../../main/engine/actions/action-surroundings.ts';
import { findingId } from '../../../../main/engine/actions/action-surroundings.ts';
import { type ChangingAction, changesFor } from '../../../../main/engine/actions/changes-for.ts';
import { titleOf } from '../../../../main/engine/actions/title-of.ts';
import type { Workspace } from '../../../../main/engine/workspace.ts';
import type { Forward } from '../../../../shared/rpc/changes.ts';
import { laptop } from '../../networks/choose/host.ts';
import { changed, define, failureOf, fresh, planned, start, stored, xml } from '../network-rig.ts';

const finding = { network: 'lab', code: 'ufw', severity: 'error', what: 'ufw drops it.' } as const;
const curable = {
  ...finding,
  cure: { cure: { cure: 'firewalld-zone', zone: 'trusted' }, sentence: 'Zone.' },
} as unknown as ActionSurroundings['findings'][number];
const around: ActionSurroundings = {
  owner: 1000,
  hostNetworks: () => laptop,
  findGuestMac: () => 0x5254_0000_0001n,
  isThere: (device) => device === 'gw0',
  makeMac: () => 0x5254_0000_0099n,
  findings: [curable],
};

const lab = changed(fresh, define(xml({})), start('lab'));
const web: Forward = {
  protocol: 'tcp',
  hostPorts: { low: 8080, high: 8080 },
  guestPorts: { low: 80, high: 80 },
  guest: { by: 'address', address: '10.5.5.10' },
};

/** What the workspace is after the actions. */
function applied(workspace: Workspace, ...actions: readonly ChangingAction[]): Workspace {
  const changes = changesFor(actions, workspace, around);
  if (!changes.ok) throw new Error(JSON.stringify(changes.failure));
  return planned(workspace, changes.value).workspace;
}

const settings = (workspace: Workspace, side: 'live' | 'persistent') =>
  stored(workspace, 'lab')[side]?.document.settings;

describe('actions of the app become changes of the engine', () => {
  it('defines and starts a network, and changes a started one in place', () => {
    const made = applied(fresh, { action: 'define-network', text: xml({}), start: true });
    expect(stored(made, 'lab').live?.document.name).toBe('lab');
    const text = xml({ dhcp: "<host mac='52:54:00:00:00:07' ip='10.5.5.7'/>" });
    const again = applied(made, { action: 'define-network', text, start: true });
    expect(stored(again, 'lab').live?.document.ips[0]?.dhcp?.hosts).toHaveLength(1);
  });

  it.each<[string, ChangingAction, (workspace: Workspace) => unknown, unknown]>([
    [
      'set-reach',
      { action: 'set-reach', network: 'lab', reach: { internet: false, lan: true, guests: true, host: true } },
      (each) => [settings(each, 'live')?.reach.internet, settings(each, 'persistent')?.reach.internet],
      [false, false],
    ],
    [
      'set-openings',
      { action: 'set-openings', network: 'lab', openings: [{ protocol: 'tcp', ports: { low: 22, high: 22 } }] },
      (each) => settings(each, 'live')?.openings?.length,
      1,
    ],
    [
      'set-openings to null',
      { action: 'set-openings', network: 'lab', openings: null },
      (each) => settings(each, 'live')?.openings,
      undefined,
    ],
    [
      'add-forward',
      { action: 'add-forward', network: 'lab', forward: web },
      (each) => settings(each, 'persistent')?.forwards.map(({ guest }) => guest),
      [{ address: '10.5.5.10' }],
    ],
    [
      'set-default-filter',
      { action: 'set-default-filter', network: 'lab', filter: 'clean-traffic' },
      (each) => settings(each, 'live')?.defaultFilter,
      'clean-traffic',
    ],
    [
      'set-autostart',
      { action: 'set-autostart', network: 'lab', autostart: true },
      (each) => settings(each, 'persistent')?.autostart,
      true,
    ],
    [
      'pin-address',
      { action: 'pin-address', network: 'lab', mac: '52:54:00:00:00:07', address: '10.5.5.7', name: 'web' },
      (each) => stored(each, 'lab').live?.document.ips[0]?.dhcp?.hosts.map(({ name, address }) => [name, address]),
      [['web', '10.5.5.7']],
    ],
    [
      'renumber-network',
      { action: 'renumber-network', network: 'lab', subnet: '10.9.9.0/24' },
      (each) => stored(each, 'lab').persistent?.document.ips[0]?.address,
      '10.9.9.1',
    ],
    [
      'attach, with the MAC address that was found',
      { action: 'attach', device: 'vnet0', filter: 'clean-traffic', parameters: { IP: ['10.5.5.7'] } },
      (each) => each.bindings.get('vnet0')?.binding.mac,
      0x5254_0000_0001n,
    ],
    [
      'new-port, under the first free name',
      { action: 'new-port', network: 'lab', guest: 'web' },
      (each) => [...each.ports.values()].map(({ device, owner }) => [device, owner]),
      [['gw1', 1000]],
    ],
    ['stop-network', { action: 'stop-network', network: 'lab' }, (each) => stored(each, 'lab').live, undefined],
    ['remove-network', { action: 'remove-network', network: 'lab' }, (each) => each.networks.size, 0],
  ])('%s', (_name, action, look, expected) => {
    expect(look(applied(lab, action))).toEqual(expected);
  });

  it('lets a later action build on what an earlier one makes of the same network', () => {
    const reach = { internet: false, lan: false, guests: true, host: true };
    const both = applied(
      lab,
      { action: 'set-reach', network: 'lab', reach },
      { action: 'add-forward', network: 'lab', forward: web },
    );
    expect(settings(both, 'live')).toMatchObject({ reach, forwards: [{ protocol: 'tcp' }] });
    const none = applied(both, { action: 'remove-forward', network: 'lab', forward: web });
    expect(settings(none, 'live')?.forwards).toEqual([]);
  });

  it.each<[string, ChangingAction, string]>([
    ['a network that is not there', { action: 'remove-network', network: 'no' }, 'network-not-found'],
    ['a forward that is not there', { action: 'remove-forward', network: 'lab', forward: web }, 'refused'],
    ['a subnet that is none', { action: 'renumber-network', network: 'lab', subnet: '10.9' }, 'refused'],
    [
      'an address elsewhere',
      { action: 'pin-address', network: 'lab', mac: '52:54:00:00:00:07', address: '10.8.1.1' },
      'refused',
    ],
    ['an address that is not kept', { action: 'pin-address', network: 'lab', mac: '52:54:00:00:00:07' }, 'refused'],
    ['a MAC address of a group', { action: 'new-port', network: 'lab', mac: '01:00:5e:00:00:01' }, 'refused'],
    ['a cure for what is not found any more', { action: 'cure', network: 'lab', findings: ['lab:vpn:x'] }, 'refused'],
  ])('refuses %s', (_name, action, kind) => {
    const outcome = changesFor([action], lab, around);
    expect(outcome.ok ? undefined : outcome.failure.kind).toBe(kind);
  });

  it('leaves what is wrong with a text to the plan, which says where', () => {
    const outcome = changesFor([{ action: 'define-network', text: '<network>', start: true }], fresh, around);
    expect(outcome.ok && failureOf(fresh, outcome.value).kind).toBe('diagnostics');
  });

  it('carries out the cures that were chosen, beside those that the network has', () => {
    const outcome = changesFor([{ action: 'cure', network: 'lab', findings: [findingId(curable)] }], lab, around);
    expect(outcome.ok && outcome.value).toMatchObject([{ change: 'cure-network', network: 'lab', cures: [{}] }]);
  });
});

it('calls actions by a few words', () => {
  expect(titleOf([{ action: 'define-network', text: xml({}), start: true }])).toBe('Define and start network lab');
  expect(
    titleOf([
      { action: 'add-forward', network: 'lab', forward: web },
      { action: 'detach', device: 'vnet0' },
    ]),
  ).toBe('Forward 8080/tcp to 10.5.5.10 and take the filter from vnet0');
});

describe('a NIC is moved', () => {
  const den = xml({ name: 'den', uuid: '99999999-8888-4777-8666-555555555555', ip: '10.6.6' });
  const both = changed(lab, define(den), start('den'));
  const ported = applied(both, { action: 'new-port', network: 'lab', guest: 'web' });
  const [device = ''] = ported.ports.keys();

  it('to the network that is named, where Guestward made its port', () => {
    const moved = applied(ported, { action: 'move-nic', device, network: 'den' });
    expect(moved.ports.get(device)?.network).toBe('den');
  });

  it('is asked for where another program made it, and the plan sees where it is', () => {
    const outcome = changesFor([{ action: 'move-nic', device: 'vnet0', network: 'den' }], ported, around);
    expect(outcome).toMatchObject({ value: [{ change: 'move-port', device: 'vnet0', network: 'den' }] });
  });

  it.each<[string, string, string, object]>([
    ['one that is there', device, 'lab', { message: `${device} is on network lab already` }],
    ['one to nowhere', device, 'nope', { kind: 'network-not-found', network: 'nope' }],
  ])('%s is refused', (_, nic, network, failure) => {
    const outcome = changesFor([{ action: 'move-nic', device: nic, network }], ported, around);
    expect(outcome).toMatchObject({ ok: false, failure });
  });

  it('is called so', () => {
    expect(titleOf([{ action: 'move-nic', device: 'gw0', network: 'den' }])).toBe('Move gw0 to network den');
  });
});
