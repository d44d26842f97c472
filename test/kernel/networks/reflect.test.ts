import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { reflect } from '../../../main/helper/proxy/reflect.ts';
import type { NetworkSetup } from '../../../shared/plan/network-setup.ts';
import { hearsAll, type ToAll } from '../rig/hears-all.ts';
import { createPretendLan, ip, lan, type PretendGuest, type PretendLan, plugGuest } from '../rig/pretend-lan.ts';
import { runTool } from '../rig/run-tool.ts';
import { waitFor } from '../rig/wait-for.ts';

const bridge = 'gwlan';
const uplink = 'wlan0';
const address = '192.168.77.60';
const setup: NetworkSetup = {
  link: { bridge, mac: '52:54:00:aa:bb:01', stp: false, forwardDelay: 0, ipv6: true, learning: true },
  addresses: [],
  routes: [],
  forwarding: ['ipv4'],
  bandwidth: {},
  accepts: [],
  cures: [],
  taps: [],
  proxy: { uplink, ipv6: true, reserved: [], subnets: [lan.subnet, lan.prefix], reflect: true },
};
const reflecting = new Map([['a', setup]]);
const quiet = new Map([['a', { ...setup, proxy: { uplink, ipv6: true, reserved: [], subnets: [lan.subnet] } }]]);

let world: PretendLan;
let guest: PretendGuest;
let run: string;
let before: string;

/** Everything that reflecting changes on the host. */
const traces = (): string =>
  runTool('/usr/sbin/nft', ['list', 'ruleset']) +
  runTool('/usr/sbin/ip', ['maddress', 'show', 'dev', uplink])
    .match(/link .*static/g)
    ?.join();

beforeEach(async () => {
  run = mkdtempSync(join(tmpdir(), 'guestward-reflect-'));
  chmodSync(run, 0o711);
  world = await createPretendLan({ uplink, wifi: true });
  // A lan network as it stands once a guest has been seen: its address is routed to the bridge.
  ip(
    `link add name ${bridge} type bridge stp_state 0 forward_delay 0`,
    `link set dev ${bridge} up`,
    `address add ${lan.host.ipv4}/32 dev ${bridge} noprefixroute`,
    `route add ${address}/32 dev ${bridge}`,
  );
  guest = plugGuest('tap1', '52:54:00:00:00:01', bridge);
  guest.namespace.run(() => ip(`address add ${address}/24 dev eth0`, `route add default via ${lan.router.ipv4}`));
  world.station.run(() => ip('link set dev eth0 up'));
  before = traces();
});

afterEach(() => {
  guest.close();
  ip(`link delete dev ${bridge}`);
  runTool('/usr/sbin/nft', ['flush', 'ruleset']);
  world.close();
  rmSync(run, { recursive: true });
});

const mdns: ToAll = { address: '224.0.0.251', port: 5353 };
const mdns6: ToAll = { address: 'ff02::fb', port: 5353 };
const broadcast: ToAll = { address: '192.168.77.255', port: 9999 };
const everywhere: ToAll = { address: '255.255.255.255', port: 9999 };

describe('what is sent to all, between the LAN and the guests of a lan network', () => {
  it('stays where it is sent unless the network reflects', async () => {
    expect(await reflect(quiet, { run })).toEqual({ ok: true, value: undefined });
    expect(await hearsAll(world.station, guest.namespace, mdns)).toBeUndefined();
    expect(await hearsAll(guest.namespace, world.station, mdns)).toBeUndefined();
    expect(traces()).toBe(before);
  });

  it.each<[string, ToAll]>([
    ['multicast DNS', mdns],
    ["the LAN's broadcasts", broadcast],
    ['broadcasts to everywhere', everywhere],
  ])('goes both ways, from the address that it was sent from: %s', async (_, packet) => {
    expect(await reflect(reflecting, { run })).toEqual({ ok: true, value: undefined });
    expect(await hearsAll(world.station, guest.namespace, packet)).toBe(address);
    expect(await hearsAll(guest.namespace, world.station, packet)).toBe(lan.station.ipv4);
  });

  it('goes both ways by IPv6', async () => {
    expect(await reflect(reflecting, { run })).toEqual({ ok: true, value: undefined });
    const isSettling = () => runTool('/usr/sbin/ip', ['-6', 'address', 'show', 'dev', 'eth0', 'tentative']) !== '';
    await waitFor(() => !guest.namespace.run(isSettling) && !world.station.run(isSettling));
    expect(await hearsAll(world.station, guest.namespace, mdns6)).toMatch(/^fe80:/);
    expect(await hearsAll(guest.namespace, world.station, mdns6)).toMatch(/^fe80:/);
  });

  it.each<[string, ToAll]>([
    ['DHCP, which has its relay', { address: '255.255.255.255', port: 67 }],
    ['other groups', { address: '224.0.0.77', port: 5353 }],
  ])('is not carried: %s', async (_, packet) => {
    expect(await reflect(reflecting, { run })).toEqual({ ok: true, value: undefined });
    expect(await hearsAll(world.station, guest.namespace, packet)).toBeUndefined();
    expect(await hearsAll(guest.namespace, world.station, packet)).toBeUndefined();
  });

  it('is carried from no address that is not routed to the guests', async () => {
    expect(await reflect(reflecting, { run })).toEqual({ ok: true, value: undefined });
    guest.namespace.run(() => ip('address flush dev eth0', `address add ${lan.router.ipv4}/24 dev eth0`));
    expect(await hearsAll(world.station, guest.namespace, mdns)).toBeUndefined();
  });

  it('goes on when it is asked for once more', async () => {
    expect(await reflect(reflecting, { run })).toEqual({ ok: true, value: undefined });
    expect(await reflect(reflecting, { run })).toEqual({ ok: true, value: undefined });
    expect(await hearsAll(world.station, guest.namespace, mdns)).toBe(address);
  });

  it('leaves a group at the NIC that somebody else has joined, and no other', async () => {
    const tell = (group: string) => runTool('/usr/sbin/ip', ['maddress', 'add', group, 'dev', uplink]);
    tell('01:00:5e:00:00:fb');
    const theirs = traces();
    expect(await reflect(reflecting, { run })).toEqual({ ok: true, value: undefined });
    expect(traces()).toContain('33:33:00:00:00:fb static');
    expect(await reflect(new Map(), { run })).toEqual({ ok: true, value: undefined });
    expect(traces()).toBe(theirs);
  });

  it('leaves nothing where it was killed before it had joined what it wrote down', async () => {
    writeFileSync(join(run, 'reflected.json'), JSON.stringify([[uplink, '33:33:00:00:00:fb']]), { mode: 0o600 });
    expect(await reflect(new Map(), { run })).toEqual({ ok: true, value: undefined });
    expect(traces()).toBe(before);
  });

  it('leaves nothing when it ends', async () => {
    expect(await reflect(reflecting, { run })).toEqual({ ok: true, value: undefined });
    expect(traces()).not.toBe(before);
    expect(await reflect(new Map(), { run })).toEqual({ ok: true, value: undefined });
    expect(traces()).toBe(before);
  });
});
