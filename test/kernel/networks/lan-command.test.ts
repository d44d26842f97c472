import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { endKeeper } from '../rig/end-keeper.ts';
import { hearsAll } from '../rig/hears-all.ts';
import {
  askForAddress,
  createPretendLan,
  ip,
  lan,
  makeIpv6Address,
  type PretendLan,
  plugGuest,
  reaches,
} from '../rig/pretend-lan.ts';
import { runTool } from '../rig/run-tool.ts';
import { waitFor } from '../rig/wait-for.ts';

const guestwardPath = fileURLToPath(new URL('../../../main/cli/guestward.ts', import.meta.url));
const uplink = 'wlan0';

let folder: string;
let world: PretendLan;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'guestward-lan-command-'));
  // As /run is: dnsmasq's user must come through it.
  chmodSync(folder, 0o711);
  world = await createPretendLan({ uplink, wifi: true, dhcp: true });
});

afterEach(() => {
  guestward('net-destroy', 'away');
  world.close();
  rmSync(folder, { recursive: true });
});

function guestward(...args: readonly string[]): { readonly status: number | null; readonly printed: string } {
  const env = {
    PATH: '/usr/sbin:/usr/bin',
    GUESTWARD_STATE_DIR: join(folder, 'state'),
    GUESTWARD_RUN_DIR: join(folder, 'run'),
  };
  const done = spawnSync(process.execPath, [guestwardPath, ...args], { env, encoding: 'utf8', shell: false });
  return { status: done.status, printed: `${done.stdout}${done.stderr}` };
}

/** Settings of the host and its uplink, routes, links, and whom the uplink answers for. */
function traces(): readonly string[] {
  const value = (name: string) => `${name} ${readFileSync(`/proc/sys/net/${name}`, 'utf8').trim()}`;
  const setting = (name: string) => value(`ipv4/${name}`);
  const ipv6 = [
    'conf/all/forwarding',
    `neigh/${uplink}/proxy_delay`,
    `conf/${uplink}/proxy_ndp`,
    `conf/${uplink}/accept_ra`,
  ];
  const names = ['proxy_arp', 'rp_filter', 'drop_gratuitous_arp', 'forwarding'].map((name) => `conf/${uplink}/${name}`);
  return [
    ...['ip_forward', `neigh/${uplink}/proxy_delay`, ...names].map(setting),
    ...ipv6.map((name) => value(`ipv6/${name}`)),
    runTool('/usr/sbin/nft', ['list', 'tables', 'ip6']),
    runTool('/usr/sbin/ip', ['-4', 'route', 'show', 'table', 'all']),
    runTool('/usr/sbin/ip', ['-6', 'route', 'show']),
    runTool('/usr/sbin/ip', ['-brief', 'link']),
    runTool('/usr/sbin/ip', ['neigh', 'show', 'proxy']),
  ];
}

describe('guestward net-new --lan', () => {
  it('puts guests on the LAN with one line, over Wi-Fi too, and leaves nothing when it is destroyed', async () => {
    const before = traces();
    const made = guestward('net-new', 'away', '--lan');
    expect(made).toMatchObject({ status: 0 });
    const bridge = /Bridge +(\S+)/.exec(made.printed)?.[1] ?? '';
    const guest = plugGuest('tap1', '52:54:00:00:00:01', bridge);
    try {
      const lease = askForAddress(guest);
      expect(lease).toMatchObject({ server: lan.router.ipv4, router: lan.router.ipv4 });
      const address = lease?.address ?? '';
      for (let tries = 0; tries < 30 && !reaches(world.station, address); tries += 1) await sleep(100);
      expect({
        toLan: reaches(guest.namespace, lan.station.ipv4),
        toInternet: reaches(guest.namespace, lan.beyond.ipv4),
        toHost: reaches(guest.namespace, lan.host.ipv4),
        fromLan: reaches(world.station, address),
        fromHost: reaches(undefined, address),
      }).toEqual({ toLan: true, toInternet: true, toHost: true, fromLan: true, fromHost: true });
      const address6 = await makeIpv6Address(guest);
      for (let tries = 0; tries < 5 && !reaches(guest.namespace, lan.beyond.ipv6); tries += 1) await sleep(100);
      expect({
        toLan: reaches(guest.namespace, lan.station.ipv6),
        toInternet: reaches(guest.namespace, lan.beyond.ipv6),
        toHost: reaches(guest.namespace, lan.host.ipv6),
        fromLan: reaches(world.station, address6),
        fromHost: reaches(undefined, address6),
      }).toEqual({ toLan: true, toInternet: true, toHost: true, fromLan: true, fromHost: true });
    } finally {
      guest.close();
    }
    expect(guestward('net-destroy', 'away')).toMatchObject({ status: 0 });
    expect(traces()).toEqual(before);
  });

  it('carries multicast DNS and broadcasts where it is asked to, under the address that the uplink has at the time', async () => {
    guestward('net-new', 'away', '--lan');
    expect(guestward('net-reach', 'away').printed).toContain('reflect:  no');
    expect(guestward('net-reach', 'away', '--reflect', 'yes')).toMatchObject({ status: 0 });
    const bridge = /Bridge: +(\S+)/.exec(guestward('net-info', 'away').printed)?.[1] ?? '';
    const guest = plugGuest('tap1', '52:54:00:00:00:01', bridge);
    const rules = (): string => runTool('/usr/sbin/nft', ['list', 'ruleset', 'netdev']);
    try {
      const { address = '' } = askForAddress(guest) ?? {};
      reaches(guest.namespace, lan.station.ipv4);
      await waitFor(() => runTool('/usr/sbin/ip', ['route', 'show', 'dev', bridge]).includes(`${address} proto`));
      const mdns = { address: '224.0.0.251', port: 5353 };
      expect(await hearsAll(world.station, guest.namespace, mdns)).toBe(address);
      expect(await hearsAll(guest.namespace, world.station, mdns)).toBe(lan.station.ipv4);

      const other = '02:77:00:00:00:21';
      expect(rules()).toContain(lan.host.mac);
      ip(`link set dev ${uplink} address ${other}`);
      await waitFor(() => rules().includes(other));

      // While nobody looked after it; a change that is about no network starts the keeper again.
      endKeeper(join(folder, 'run'));
      ip(`link set dev ${uplink} address ${lan.host.mac}`);
      guestward('attach', 'later0', '--filter', 'allow-arp');
      await waitFor(() => rules().includes(lan.host.mac));
      guestward('detach', 'later0');

      expect(guestward('net-reach', 'away', '--reflect', 'no')).toMatchObject({ status: 0 });
      expect(rules()).toBe('');
    } finally {
      guest.close();
    }
  });

  it('is refused as a network that carries broadcasts where the guests have a LAN of their own', () => {
    guestward('net-new', 'away', '--nat');
    expect(guestward('net-reach', 'away', '--reflect', 'yes')).toMatchObject({
      status: 1,
      printed: expect.stringContaining('--reflect is for a lan network, and away is of kind nat'),
    });
  });
});
