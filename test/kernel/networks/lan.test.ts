import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { reconcileDnsmasq } from '../../../main/helper/dnsmasq/reconcile-dnsmasq.ts';
import { followNeighbours } from '../../../main/helper/proxy/follow-neighbours.ts';
import { reconcileProxies } from '../../../main/helper/proxy/reconcile-proxies.ts';
import { compileNetworks } from '../../../main/networks/rules/compile-networks.ts';
import { composeSetup } from '../../../main/networks/setup/compose-setup.ts';
import type { NetworkSetup } from '../../../shared/plan/network-setup.ts';
import { emptyRuleset } from '../../../shared/plan/ruleset.ts';
import { wholePlan } from '../../../shared/plan/whole-plan.ts';
import { writeNft } from '../../../shared/plan/write-nft.ts';
import { sampleForward, sampleNetwork } from '../../unit/networks/rules/sample-network.ts';
import {
  askForAddress,
  createPretendLan,
  ip,
  lan,
  makeIpv6Address,
  type PretendGuest,
  type PretendLan,
  plugGuest,
  reaches,
} from '../rig/pretend-lan.ts';
import { runTool } from '../rig/run-tool.ts';

const bridge = 'gwlan';
const uplink = 'wlan0';
const sample = sampleNetwork();
const network = sampleNetwork({
  forward: sampleForward({ mode: 'lan', dev: uplink }),
  bridge: { ...sample.bridge, name: bridge, stp: false },
  ips: [],
  uplink: {
    device: uplink,
    subnets: [lan.subnet, lan.prefix],
    reserved: [lan.host.ipv4, lan.host.ipv6, lan.router.ipv4],
    address: lan.host.ipv4,
    ipv6: [lan.host.ipv6],
    dhcpServer: lan.router.ipv4,
  },
});
const setup = composeSetup(network, [], []);
const standing: ReadonlyMap<string, NetworkSetup> = new Map([['a', setup]]);
const nothing: ReadonlyMap<string, NetworkSetup> = new Map();

let places: { readonly state: string; readonly run: string };
let world: PretendLan;
let guests: PretendGuest[];
let stopFollowing: () => Promise<void>;
let before: readonly string[];

beforeEach(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'guestward-lan-'));
  // As /run is: dnsmasq's user must come through it.
  chmodSync(folder, 0o711);
  places = { state: join(folder, 'state'), run: join(folder, 'run') };
  guests = [];
  world = await createPretendLan({ uplink, wifi: true, dhcp: true });
  // RFC 3704 strict on every device, as hardened hosts have it.
  runTool('/usr/sbin/sysctl', ['-qw', 'net.ipv4.ip_forward=1', 'net.ipv4.conf.all.rp_filter=1']);
  runTool('/usr/sbin/sysctl', ['-qw', 'net.ipv6.conf.all.forwarding=1']);
  before = traces();
  await start();
});

afterEach(async () => {
  await stopFollowing();
  await reconcileDnsmasq(places, nothing);
  for (const guest of guests) guest.close();
  if (hasBridge()) ip(`link delete dev ${bridge}`);
  runTool('/usr/sbin/nft', ['flush', 'ruleset']);
  world.close();
  rmSync(join(places.run, '..'), { recursive: true });
});

/** Brings the network about as the helper does: rules, bridge, what serves it. */
async function start(): Promise<void> {
  const operations = [...wholePlan({ ...emptyRuleset, inet: compileNetworks([network]) })];
  const { text } = writeNft(operations, { generation: 1, marker: '1 a', forgotten: [], fresh: true });
  runTool('/usr/sbin/nft', ['-f', '-'], text);
  ip(
    `link add name ${bridge} type bridge stp_state 0 forward_delay 0`,
    ...setup.addresses.map(({ address, prefix }) => {
      const more = address.includes(':') ? 'nodad noprefixroute' : '';
      return `address add ${address}/${prefix} dev ${bridge} ${more}`;
    }),
    `link set dev ${bridge} up`,
  );
  expect(await reconcileDnsmasq(places, standing)).toMatchObject({ ok: true });
  expect(await reconcileProxies(standing, places)).toMatchObject({ ok: true });
  follow();
}

function follow(): void {
  const stopped = new AbortController();
  const ended = followNeighbours(standing, stopped.signal);
  stopFollowing = () => {
    stopped.abort();
    return ended;
  };
}

function plug(number: number): PretendGuest {
  const guest = plugGuest(`tap${number}`, `52:54:00:00:00:0${number}`, bridge);
  guests.push(guest);
  return guest;
}

/** A guest that has got an address of the LAN's server and appears on the LAN. */
async function joinLan(number: number): Promise<{ readonly guest: PretendGuest; readonly address: string }> {
  const guest = plug(number);
  const lease = askForAddress(guest);
  if (lease === undefined) throw new Error('the server of the LAN has not answered');
  await appears(lease.address);
  return { guest, address: lease.address };
}

const answeredFor = () =>
  ['-4', '-6'].map((family) => runTool('/usr/sbin/ip', [family, 'neigh', 'show', 'proxy', 'dev', uplink])).join('');
const isThere = (address: string) =>
  answeredFor()
    .split('\n')
    .some((line) => line.startsWith(`${address} `));

/** A guest that has made itself an address of the LAN's prefix and appears on the LAN as soon as it has sent something. */
async function joinByIpv6(number: number): Promise<{ readonly guest: PretendGuest; readonly address: string }> {
  const guest = plug(number);
  const address = await makeIpv6Address(guest);
  reaches(guest.namespace, lan.beyond.ipv6);
  await appears(address);
  return { guest, address };
}

async function appears(address: string): Promise<void> {
  for (let tries = 0; tries < 100 && !isThere(address); tries += 1) await sleep(100);
  expect(answeredFor()).toContain(`${address} `);
}

function hasBridge(): boolean {
  return runTool('/usr/sbin/ip', ['-o', 'link', 'show', 'type', 'bridge']).includes(`${bridge}:`);
}

/** What a lan network changes on the host beside its own bridge. */
function traces(): readonly string[] {
  const setting = (name: string) => `${name} ${readFileSync(`/proc/sys/net/ipv4/${name}`, 'utf8').trim()}`;
  const settings = ['proxy_arp', 'rp_filter', 'arp_accept', 'drop_gratuitous_arp', 'forwarding'];
  return [
    runTool('/usr/sbin/ip', ['-4', 'route', 'show', 'table', 'all']),
    answeredFor(),
    runTool('/usr/sbin/nft', ['list', 'tables', 'ip6']),
    ...[`neigh/${uplink}/proxy_delay`, `conf/${uplink}/proxy_ndp`].map(
      (name) => `${name} ${readFileSync(`/proc/sys/net/ipv6/${name}`, 'utf8').trim()}`,
    ),
    setting(`neigh/${uplink}/proxy_delay`),
    ...settings.map((name) => setting(`conf/${uplink}/${name}`)),
  ];
}

describe('a lan network behind an access point that drops foreign MACs', () => {
  it('gives guests addresses of the LAN, from its own server', async () => {
    const lease = askForAddress(plug(1));
    expect(lease).toMatchObject({ server: lan.router.ipv4, router: lan.router.ipv4, prefix: 24 });
    expect(lease?.address).toMatch(/^192\.168\.77\.1[0-4][0-9]$/);
  });

  it('has guests reach LAN, host, Internet and each other, and the LAN and the host reach them', async () => {
    const one = await joinLan(1);
    const two = await joinLan(2);
    expect(one.address).not.toBe(two.address);
    const ways = {
      'guest to LAN': reaches(one.guest.namespace, lan.station.ipv4),
      'guest to gateway': reaches(one.guest.namespace, lan.router.ipv4),
      'guest to Internet': reaches(one.guest.namespace, lan.beyond.ipv4),
      'guest to host': reaches(one.guest.namespace, lan.host.ipv4),
      'guest to guest': reaches(one.guest.namespace, two.address),
      'LAN to guest': reaches(world.station, one.address),
      'LAN to the other guest': reaches(world.station, two.address),
      'host to guest': reaches(undefined, one.address),
      'host to LAN': reaches(undefined, lan.station.ipv4),
    };
    expect(Object.entries(ways).filter(([, works]) => !works)).toEqual([]);
  });

  it('serves a client that wants its answers by broadcast', async () => {
    const guest = plug(1);
    const lease = askForAddress(guest, ['-B']);
    // Only when it speaks itself is it seen.
    reaches(guest.namespace, lan.host.ipv4);
    await appears(lease?.address ?? 'none');
    expect(reaches(world.station, lease?.address ?? '')).toBe(true);
  });

  it('does not answer for the guest itself when the guest announces its address', async () => {
    const guest = plug(1);
    guest.namespace.run(() => ip('address add 192.168.77.60/24 dev eth0'));
    const said = guest.namespace.run(() =>
      runTool('/bin/sh', ['-c', '/usr/bin/busybox arping -c 2 -w 2 -I eth0 -s 192.168.77.60 192.168.77.60 || true']),
    );
    expect(said).toContain('Received 0 response');
  });

  it.each([
    ['the host', lan.host.ipv4],
    ['the gateway', lan.router.ipv4],
    ['a machine of the LAN', lan.station.ipv4],
  ])('does not let a guest appear with the address of %s', async (_, address) => {
    const { address: other } = await joinLan(2);
    const guest = plug(1);
    guest.namespace.run(() => ip(`address add ${address}/24 dev eth0`));
    reaches(guest.namespace, '192.168.77.99');
    await sleep(2000);
    expect(isThere(address)).toBe(false);
    expect(isThere(other)).toBe(true);
    expect(runTool('/usr/sbin/ip', ['-4', 'route', 'show', 'dev', bridge])).not.toContain(`${address} proto`);
    expect(reaches(undefined, lan.station.ipv4)).toBe(true);
  });

  it('leaves a guest its address when a sibling claims it', async () => {
    const { guest, address } = await joinLan(1);
    const thief = plug(2);
    thief.namespace.run(() => ip(`address add ${address}/24 dev eth0`, `route add default via ${lan.router.ipv4}`));
    reaches(thief.namespace, lan.station.ipv4);
    await sleep(1000);
    thief.namespace.run(() => ip('link set dev eth0 down'));
    expect(runTool('/usr/sbin/ip', ['-4', 'neigh', 'show', 'dev', bridge])).toMatch(
      new RegExp(`^${address} lladdr ${guest.mac} `, 'm'),
    );
    expect(reaches(world.station, address)).toBe(true);
  });

  it('brings guests back after the uplink was down, as Wi-Fi is between two access points', async () => {
    const { address } = await joinLan(1);
    // The kernel forgets whom it answers for (net/core/neighbour.c, pneigh_ifdown_and_unlock).
    ip(`link set dev ${uplink} down`);
    await sleep(500);
    ip(`neigh flush proxy dev ${uplink}`);
    expect(isThere(address)).toBe(false);
    ip(`link set dev ${uplink} up`);
    await appears(address);
    expect(reaches(world.station, address)).toBe(true);
  });

  it('keeps guests when what follows them is started anew', async () => {
    const { address } = await joinLan(1);
    await stopFollowing();
    expect(reaches(world.station, address)).toBe(true);
    expect(await reconcileProxies(standing, places)).toMatchObject({ ok: true });
    follow();
    await sleep(1000);
    expect(reaches(world.station, address)).toBe(true);
  });

  it('has guests make addresses of the LAN’s IPv6 prefix, and reach everybody and be reached by them', async () => {
    const one = await joinByIpv6(1);
    const two = await joinByIpv6(2);
    expect(one.address).not.toBe(two.address);
    const ways = {
      'guest to LAN': reaches(one.guest.namespace, lan.station.ipv6),
      'guest to gateway': reaches(one.guest.namespace, lan.router.ipv6),
      'guest to Internet': reaches(one.guest.namespace, lan.beyond.ipv6),
      'guest to host': reaches(one.guest.namespace, lan.host.ipv6),
      'guest to guest': reaches(one.guest.namespace, two.address),
      'LAN to guest': reaches(world.station, one.address),
      'Internet to the other guest': reaches(world.router, two.address),
      'host to guest': reaches(undefined, one.address),
      'host to LAN': reaches(undefined, lan.station.ipv6),
    };
    expect(Object.entries(ways).filter(([, works]) => !works)).toEqual([]);
    // Guests alone hear the advertisements.
    const learnt = () => runTool('/usr/sbin/ip', ['-6', 'route', 'show', 'proto', 'ra']);
    expect(one.guest.namespace.run(learnt)).toContain('default via fe80:');
    expect([world.station.run(learnt), world.router.run(learnt)]).toEqual(['', '']);
  });

  it('does not let guests appear with IPv6 addresses of the host, the gateway, a machine of the LAN, or every router', async () => {
    const { guest, address: own } = await joinByIpv6(1);
    const taken = [lan.host.ipv6, lan.router.ipv6, lan.station.ipv6, 'fd77::'];
    for (const address of taken) {
      guest.namespace.run(() => {
        ip(`address add ${address}/128 dev eth0 nodad`);
        const ping = `/usr/bin/busybox ping -c 2 -W 1 -I ${address} ${lan.beyond.ipv6} || true`;
        runTool('/bin/sh', ['-c', ping]);
      });
    }
    await sleep(2500);
    expect(taken.filter(isThere)).toEqual([]);
    expect(isThere(own)).toBe(true);
    expect(reaches(undefined, lan.station.ipv6)).toBe(true);
  });

  it('brings guests’ IPv6 addresses back after the uplink was down', async () => {
    const { address } = await joinByIpv6(1);
    ip(`link set dev ${uplink} down`);
    await sleep(500);
    ip(`link set dev ${uplink} up`, `address replace ${lan.host.ipv6}/64 dev ${uplink} nodad`);
    await appears(address);
    expect(reaches(world.station, address)).toBe(true);
  });

  it('leaves the host as it was', async () => {
    await joinLan(1);
    await joinByIpv6(2);
    expect(traces()).not.toEqual(before);
    await stopFollowing();
    expect(await reconcileDnsmasq(places, nothing)).toMatchObject({ ok: true });
    expect(await reconcileProxies(nothing, places)).toMatchObject({ ok: true });
    ip(`link delete dev ${bridge}`);
    expect(traces()).toEqual(before);
  });
});
