import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { askForIpv6Address } from '../rig/ask-dhcpv6.ts';
import {
  askForAddress,
  createPretendLan,
  lan,
  makeIpv6Address,
  type PretendGuest,
  type PretendLan,
  plugGuest,
  reaches,
} from '../rig/pretend-lan.ts';
import { runTool } from '../rig/run-tool.ts';
import { type Station, startStation } from './reach/station.ts';

const program = fileURLToPath(new URL('../../../build/dist/cli.mjs', import.meta.url));
const mac = '52:54:00:12:34:56';

let folder: string;
let world: PretendLan;
let station: Station;
let guest: PretendGuest;
let closing: (() => void)[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'guestward-dhcpv6-'));
  // As /run is: dnsmasq's user must come through it.
  chmodSync(folder, 0o711);
  world = await createPretendLan();
  station = await startStation(world.station);
  closing = [];
});

afterEach(() => {
  for (const close of closing) close();
  guestward('net-destroy', 'home');
  runTool('/usr/sbin/nft', ['flush', 'ruleset']);
  station.close();
  world.close();
  rmSync(folder, { recursive: true });
});

function guestward(...args: readonly string[]): string {
  const env = {
    PATH: '/usr/sbin:/usr/bin',
    GUESTWARD_STATE_DIR: join(folder, 'state'),
    GUESTWARD_RUN_DIR: join(folder, 'run'),
  };
  const done = spawnSync(process.execPath, [program, ...args], { env, encoding: 'utf8', shell: false });
  return `${done.status} ${done.stdout}${done.stderr}`;
}

/** A guest of the network, whose server answers on port 7000. */
async function plug(): Promise<void> {
  const bridge = /^Bridge: +(\S+)$/m.exec(guestward('net-info', 'home'))?.[1] ?? '';
  guest = plugGuest('guest0', mac, bridge);
  const server = await startStation(guest.namespace);
  closing = [server.close, guest.close];
}

/** Who answers on a port of the host's own IPv6 address. */
const askHost = async (port: number) => (await station.ask('tcp', lan.host.ipv6, { port })) !== 'refused';

describe('a network that was made with one line', () => {
  beforeEach(() => {
    expect(guestward('net-new', 'home')).toMatch(/^0 /);
  });

  it('gives guests an IPv6 address and shows it among the leases', async () => {
    await plug();
    const address = await askForIpv6Address(guest, 'web');
    expect(address).toMatch(/^fd[0-9a-f:]+::1[0-9a-f]{3}$/);
    expect(guestward('net-dhcp-leases', 'home')).toMatch(
      new RegExp(` ${mac}   ipv6       ${address}/64   web        00:03:00:01:${mac}\n`),
    );
    expect(guestward('net-dhcp-leases', 'home', mac)).toContain(` ${address}/64 `);
  });

  it('lets guests that know no DHCPv6 make an address of their own', async () => {
    await plug();
    await makeIpv6Address(guest);
    for (let tries = 0; tries < 30 && !reaches(guest.namespace, lan.station.ipv6); tries += 1) await sleep(100);
    expect(reaches(guest.namespace, lan.beyond.ipv6)).toBe(true);
  });

  it.each([
    ['its MAC address', mac],
    ['a name that it says by DHCPv4 alone', 'web'],
  ])('leads a forward to %s by IPv6 too', async (_, name) => {
    await plug();
    expect(askForAddress(guest, ['-x', 'hostname:web', '-F', 'web'])).toBeDefined();
    expect(guestward('net-forward', 'home', '--add', `8080:${name}:7000/tcp`)).toMatch(/^0 /);
    const address = await askForIpv6Address(guest);
    expect(guestward('net-dumpxml', 'home')).toContain(` ip='${address}'/>`);
    await makeIpv6Address(guest);
    expect(await askHost(8080)).toBe(true);
  });

  it('leaves a guest that is forwarded to the address that it has', async () => {
    await plug();
    const address = await askForIpv6Address(guest, 'web');
    expect(guestward('net-forward', 'home', '--add', '8080:web:7000/tcp')).toMatch(/^0 /);
    expect(guestward('net-dumpxml', 'home')).toContain(`<host name='web' ip='${address}'/>`);
    expect(await askForIpv6Address(guest)).toBe(address);
  });

  it('can be moved to another prefix, with its guests and forwards', async () => {
    await plug();
    askForAddress(guest, ['-x', 'hostname:web', '-F', 'web']);
    guestward('net-forward', 'home', '--add', '8080:web:7000/tcp');
    const before = (await askForIpv6Address(guest)) ?? '';
    expect(guestward('net-renumber', 'home', 'fd12:3456:789a::/64')).toMatch(/^0 /);
    guest.namespace.run(() => runTool('/usr/sbin/ip', ['-6', 'address', 'flush', 'dev', 'eth0', 'scope', 'global']));
    const after = await askForIpv6Address(guest);
    expect(after).toBe(before.replace(/^.*::/, 'fd12:3456:789a::'));
    await makeIpv6Address(guest);
    expect(await askHost(8080)).toBe(true);
  });
});

it('a network of libvirt’s with DHCPv6 has guests make no addresses', async () => {
  const file = join(folder, 'home.xml');
  writeFileSync(
    file,
    "<network><name>home</name><bridge name='virbr6' stp='off'/><forward mode='nat'><nat ipv6='yes'/></forward>" +
      "<ip family='ipv6' address='fd66::1' prefix='64'><dhcp><range start='fd66::100' end='fd66::1ff'/>" +
      "<host name='web' ip='fd66::7'/></dhcp></ip></network>",
  );
  expect(guestward('net-create', file)).toMatch(/^0 /);
  await plug();
  expect(await askForIpv6Address(guest, 'web')).toBe('fd66::7');
  const show = (what: string) =>
    guest.namespace.run(() => runTool('/usr/sbin/ip', ['-6', ...what.split(' '), 'dev', 'eth0']));
  for (let tries = 0; tries < 200 && !show('route show').includes('default'); tries += 1) await sleep(100);
  expect(show('route show')).toContain('default');
  expect(show('-o address show scope global').trim().split('\n')).toHaveLength(1);
});
