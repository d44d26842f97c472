import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { NetworkNamespace } from '../rig/network-namespace.ts';
import { createNetworkNamespace } from '../rig/network-namespace.ts';
import {
  askForAddress,
  createPretendLan,
  ip,
  lan,
  type PretendGuest,
  type PretendLan,
  plugGuest,
  reaches,
} from '../rig/pretend-lan.ts';
import { runTool } from '../rig/run-tool.ts';

const program = fileURLToPath(new URL('../../../build/dist/cli.mjs', import.meta.url));
const guestMac = '52:54:00:12:34:56';

interface Ran {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

describe('networks from the command line', () => {
  let outside: PretendLan;
  let folder: string;
  let guests: PretendGuest[] = [];
  let before: Traces;

  beforeEach(async () => {
    outside = await createPretendLan();
    folder = mkdtempSync(join(tmpdir(), 'guestward-net-cli-'));
    // dnsmasq runs as a user of its own, and reads its lists below.
    chmodSync(folder, 0o755);
    // The kernel adds routes of an address that it makes itself once it has found out that nobody else has it.
    await waitFor(() => runTool('/usr/sbin/ip', ['-6', 'address', 'show', 'tentative']) === '');
    before = traces();
  });

  afterEach(() => {
    for (const guest of guests) guest.close();
    guests = [];
    for (const name of cli('net-list', '--name').out.split('\n')) if (name !== '') cli('net-destroy', name);
    runTool('/usr/sbin/nft', ['flush', 'ruleset']);
    outside.close();
    rmSync(folder, { recursive: true });
  });

  /** Runs the command with state of its own. */
  function cli(...args: readonly string[]): Ran {
    const env = {
      PATH: '/usr/sbin:/usr/bin',
      GUESTWARD_STATE_DIR: join(folder, 'state'),
      GUESTWARD_RUN_DIR: join(folder, 'run'),
    };
    const done = spawnSync(process.execPath, [program, ...args], { env, encoding: 'utf8', shell: false });
    return { status: done.status, out: done.stdout, err: done.stderr };
  }

  function json(...args: readonly string[]) {
    const ran = cli(...args, '--json');
    if (ran.status !== 0) throw new Error(ran.err);
    return JSON.parse(ran.out);
  }

  function write(name: string, text: string): string {
    const file = join(folder, name);
    writeFileSync(file, text);
    return file;
  }

  function plug(bridge: string, mac = guestMac): PretendGuest {
    const guest = plugGuest(`guest${guests.length}`, mac, bridge);
    guests.push(guest);
    return guest;
  }

  /** Everything that a network may leave behind, but for Guestward's own empty tables. */
  interface Traces {
    readonly links: string;
    readonly routes: string;
    readonly rules: string;
    readonly sysctls: readonly string[];
    readonly dnsmasqs: readonly string[];
  }

  function traces(): Traces {
    const sysctl = (path: string): string => `${path} ${readFileSync(`/proc/sys/net/${path}`, 'utf8').trim()}`;
    const show = (...args: readonly string[]): string => runTool('/usr/sbin/ip', args);
    return {
      links: show('-brief', 'address'),
      routes: show('route', 'show', 'table', 'all') + show('-6', 'route', 'show', 'table', 'all'),
      rules: runTool('/usr/sbin/nft', ['--stateless', 'list', 'ruleset']),
      sysctls: ['ipv4/ip_forward', 'ipv6/conf/all/forwarding', 'ipv4/conf/all/route_localnet'].map(sysctl),
      dnsmasqs: dnsmasqs(),
    };
  }

  /** The dnsmasq processes whose command line speaks of this test's folder. */
  function dnsmasqs(): readonly string[] {
    return readdirSync('/proc').filter((pid) => {
      try {
        const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8');
        return line.includes('dnsmasq') && line.includes(folder);
      } catch {
        return false;
      }
    });
  }

  /** A server that sends `text` to whoever connects, and what a client gets of it. */
  function serve(namespace: NetworkNamespace, port: number, text: string): () => void {
    const server = namespace.run(() =>
      spawn('/usr/bin/busybox', ['nc', '-ll', '-p', String(port), '-e', '/usr/bin/echo', text], {
        stdio: 'ignore',
        shell: false,
      }),
    );
    return () => server.kill('SIGKILL');
  }

  function ask(from: NetworkNamespace | undefined, address: string, port: number): string {
    const connect = (): string => {
      const done = spawnSync('/usr/bin/busybox', ['nc', '-w', '2', address, String(port)], {
        encoding: 'utf8',
        shell: false,
        input: '',
      });
      return done.stdout.trim();
    };
    return from === undefined ? connect() : from.run(connect);
  }

  async function waitFor(isThere: () => boolean): Promise<void> {
    for (let tries = 0; tries < 50 && !isThere(); tries += 1) await new Promise((resolve) => setTimeout(resolve, 100));
  }

  it('goes the whole way: one line, an address by DHCP, the LAN, a forward, and nothing is left', async () => {
    const made = cli('net-new');
    expect([made.status, made.err]).toEqual([0, '']);
    expect(made.out).toMatch(
      /^Network default\n {2}Kind {6}nat: .*\n {2}Bridge {4}gwbr0\n {2}Address {3}10\.[0-9.]+\.1\/24, fd[0-9a-f:]+\/64\n {2}DHCP .*\n {2}Names {5}GUEST\.default\.internal\n {2}State {5}started, starts with the machine\n/,
    );
    const { bridge } = json('net-info', 'default');

    const guest = plug(bridge);
    const lease = askForAddress(guest, ['-x', 'hostname:web', '-F', 'web']);
    expect(lease?.address).toMatch(/^10\./);
    expect(reaches(guest.namespace, lease?.router ?? '')).toBe(true);
    expect(reaches(guest.namespace, lan.station.ipv4)).toBe(true);
    expect(reaches(guest.namespace, lan.beyond.ipv4)).toBe(true);

    const leases = cli('net-dhcp-leases', 'default').out;
    expect(leases).toMatch(
      / Expiry Time {11}MAC address {9}Protocol {3}IP address +Hostname {3}Client ID or DUID\n-+\n [0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:]{8} {3}52:54:00:12:34:56 {3}ipv4 {7}10\.[0-9.]+\/24 +web {8}.*\n\n$/,
    );
    expect(json('status').networks).toMatchObject([
      {
        name: 'default',
        active: true,
        mode: 'nat',
        bridgeUp: true,
        leases: 1,
        dnsmasq: { running: true },
        overlaps: [],
      },
    ]);

    const localnet = `/proc/sys/net/ipv4/conf/${bridge}/route_localnet`;
    const stop = serve(guest.namespace, 80, 'hello');
    try {
      await waitFor(() => ask(undefined, lease?.address ?? '', 80) === 'hello');
      expect(ask(outside.station, lan.host.ipv4, 8080)).toBe('');
      const forwarded = cli('net-forward', 'default', '--add', '8080:web:80/tcp');
      expect([forwarded.status, forwarded.out]).toEqual([0, '8080:web:80/tcp is forwarded\n']);
      expect(ask(outside.station, lan.host.ipv4, 8080)).toBe('hello');
      expect(ask(undefined, lan.host.ipv4, 8080)).toBe('hello');
      expect(ask(undefined, '127.0.0.1', 8080)).toBe('hello');
      expect(readFileSync(localnet, 'utf8')).toBe('1\n');
      expect(reaches(guest.namespace, lan.station.ipv4)).toBe(true);
      expect(cli('net-forward', 'default').out).toBe(
        ' Host port   Guest   Guest port   Stays\n--------------------------------------------\n 8080/tcp    web     80           for good\n',
      );
      expect(cli('net-forward', 'default', '--remove', '8080:web:80/tcp').status).toBe(0);
      expect(ask(outside.station, lan.host.ipv4, 8080)).toBe('');
      expect(ask(undefined, '127.0.0.1', 8080)).toBe('');
      expect(readFileSync(localnet, 'utf8')).toBe('0\n');
    } finally {
      stop();
    }

    expect(cli('net-destroy', 'default')).toEqual({ status: 0, out: 'Network default destroyed\n\n', err: '' });
    guest.close();
    guests = [];
    expect(traces()).toEqual(before);
    expect(cli('net-undefine', 'default').out).toBe('Network default has been undefined\n\n');
    expect(cli('net-list', '--all').out).toBe(
      ' Name   State   Autostart   Persistent\n----------------------------------------\n\n',
    );
  });

  it("goes through the life of libvirt's own default network in virsh's words", () => {
    const file = write(
      'default.xml',
      "<network>\n  <name>default</name>\n  <bridge name='virbr0'/>\n  <forward/>\n  <ip address='192.168.122.1' netmask='255.255.255.0'>\n    <dhcp>\n      <range start='192.168.122.2' end='192.168.122.254'/>\n    </dhcp>\n  </ip>\n</network>\n",
    );
    const said = (...args: readonly string[]): string => {
      const { status, out, err } = cli(...args);
      return `${status}|${out}|${err}`;
    };
    expect(said('net-define', file)).toBe(`0|Network default defined from ${file}\n\n|`);
    expect(said('net-start', 'default')).toBe('0|Network default started\n\n|');
    expect(said('net-start', 'default')).toMatch(
      /^1\|\n\|error: Failed to start network default\nerror: Requested operation is not valid: network is already active\n/,
    );
    expect(said('net-autostart', 'default')).toBe('0|Network default marked as autostarted\n\n|');
    expect(said('net-list')).toBe(
      '0| Name      State    Autostart   Persistent\n--------------------------------------------\n default   active   yes         yes\n\n|',
    );
    const { uuid } = json('net-info', 'default');
    expect(said('net-info', 'default')).toBe(
      `0|Name:           default\nUUID:           ${uuid}\nActive:         yes\nPersistent:     yes\nAutostart:      yes\nBridge:         virbr0\n\n|`,
    );
    expect(said('net-name', uuid)).toBe('0|default\n\n|');
    expect(said('net-uuid', 'default')).toBe(`0|${uuid}\n\n|`);
    const host = "<host mac='52:54:00:12:34:56' name='web' ip='192.168.122.50'/>";
    expect(said('net-update', 'default', 'add', 'ip-dhcp-host', host, '--live', '--config')).toBe(
      '0|Updated network default persistent config and live state\n|',
    );
    expect(cli('net-dumpxml', 'default').out).toContain(host);
    const guest = plug('virbr0');
    // Spanning tree, which libvirt's networks have, keeps a port silent for four seconds.
    expect(askForAddress(guest, ['-t', '9'])?.address).toBe('192.168.122.50');
    expect(said('net-destroy', 'default')).toBe('0|Network default destroyed\n\n|');
    expect(said('net-destroy', 'default')).toMatch(
      /^1\|\n\|error: Failed to destroy network default\nerror: Requested operation is not valid: network 'default' is not active\n/,
    );
    expect(said('net-undefine', 'default')).toBe('0|Network default has been undefined\n\n|');
    expect(said('net-info', 'default')).toMatch(
      /^1\|\n\|error: failed to get network 'default'\nerror: Network not found: no network with matching name 'default'\n/,
    );
  });

  it('refuses a subnet that the LAN has, names the LAN, and leaves nothing behind', () => {
    const { status, out, err } = cli('net-new', 'home', '--subnet', '192.168.77.0/24');
    expect([status, out]).toEqual([1, '']);
    expect(err).toContain('error: Failed to make network home\n');
    expect(err).toContain('uplink0 (192.168.77.0/24)');
    expect(json('net-list', '--all')).toEqual([]);
    expect(traces()).toEqual(before);
  });

  it('tells with --dry-run what a start brings, and brings nothing', () => {
    const { status, out } = cli('net-new', 'lab', '--isolated', '--dry-run');
    expect(status).toBe(0);
    expect(out).toMatch(
      /^Dry run, nothing was changed\. The plan:\n {2}define network lab\n {2}start network lab on a new bridge gwbr0, the host being 10\./,
    );
    expect(out).toMatch(/^add table inet guestward$/m);
    expect(traces()).toEqual(before);
  });

  it('changes what guests reach while they stay connected', () => {
    cli('net-new', 'lab');
    const { bridge } = json('net-info', 'lab');
    const guest = plug(bridge);
    const lease = askForAddress(guest);
    expect(reaches(guest.namespace, lan.beyond.ipv4)).toBe(true);
    expect(cli('net-reach', 'lab', '--internet', 'no').status).toBe(0);
    expect(reaches(guest.namespace, lan.beyond.ipv4)).toBe(false);
    expect(reaches(guest.namespace, lease?.router ?? '')).toBe(true);
    expect(cli('net-reach', 'lab', '--internet', 'yes').status).toBe(0);
    expect(reaches(guest.namespace, lan.beyond.ipv4)).toBe(true);
  });

  it('opens services of the host, and closes all others from then on', async () => {
    cli('net-new', 'lab');
    const { bridge } = json('net-info', 'lab');
    const guest = plug(bridge);
    const host = askForAddress(guest)?.router ?? '';
    const here = { run: <T>(work: () => T): T => work() } as NetworkNamespace;
    const stops = [serve(here, 8081, 'one'), serve(here, 8082, 'two')];
    try {
      await waitFor(() => ask(undefined, '127.0.0.1', 8082) === 'two' && ask(undefined, '127.0.0.1', 8081) === 'one');
      expect([ask(guest.namespace, host, 8081), ask(guest.namespace, host, 8082)]).toEqual(['one', 'two']);
      expect(cli('net-open', 'lab', 'tcp/8081').out).toBe('Guests of lab reach on the host: tcp/8081\n');
      expect([ask(guest.namespace, host, 8081), ask(guest.namespace, host, 8082)]).toEqual(['one', '']);
      expect(cli('net-open', 'lab').out).toMatch(/^ tcp\/8081 {3}- {9}busybox \([0-9]+\)$/m);
      expect(cli('net-open', 'lab', '--any').status).toBe(0);
      expect(ask(guest.namespace, host, 8082)).toBe('two');
    } finally {
      for (const stop of stops) stop();
    }
  });

  it('renumbers a started network, and its guest gets an address of the new subnet', () => {
    cli('net-new', 'lab', '--subnet', '10.20.30.0/24', '--no-ipv6');
    const { bridge } = json('net-info', 'lab');
    const guest = plug(bridge);
    expect(askForAddress(guest)?.address).toMatch(/^10\.20\.30\./);
    expect(cli('net-renumber', 'lab', '10.20.31.0/24').out).toMatch(
      /^Network lab moved from 10\.20\.30\.0\/24 to 10\.20\.31\.0\/24\n/,
    );
    guest.namespace.run(() => ip('address flush dev eth0'));
    expect(askForAddress(guest)?.address).toMatch(/^10\.20\.31\./);
    expect(reaches(guest.namespace, lan.station.ipv4)).toBe(true);
  });

  it("makes a port that is on the bridge, filtered and somebody's, and takes it away again", () => {
    cli('net-new', 'lab');
    const withNetwork = traces();
    const made = json('port', 'new', 'lab', '--name', 'web', '--filter', 'clean-traffic', '--user', '1234');
    const { device } = made.port;
    const [link] = JSON.parse(runTool('/usr/sbin/ip', ['-json', '-details', 'link', 'show', 'dev', device]));
    expect([link.master, link.linkinfo.info_kind, link.linkinfo.info_data.user]).toEqual(['gwbr0', 'tun', 1234]);
    expect(made.lines.map(({ hypervisor }: { hypervisor: string }) => hypervisor)).toContain('qemu');
    expect(cli('port', 'list').out).toContain(
      ` ${device}    lab       web     ${made.port.mac}   1234   clean-traffic\n`,
    );
    expect(cli('nwfilter-binding-list').out).toContain(` ${device}        clean-traffic\n`);
    expect(cli('port', 'delete', device)).toEqual({ status: 0, out: `Port ${device} deleted\n`, err: '' });
    expect(cli('port', 'list').out).toMatch(/^There is no port yet/);
    expect(traces().links).toBe(withNetwork.links);
  });

  it('moves a port to another network with its filter, says whom that interrupts, and undoes it', () => {
    cli('net-new', 'lab');
    cli('net-new', 'den', '--isolated');
    const { device } = json('port', 'new', 'lab', '--filter', 'no-mac-spoofing').port;
    const master = () => JSON.parse(runTool('/usr/sbin/ip', ['-json', 'link', 'show', 'dev', device]))[0].master;
    const binding = cli('nwfilter-binding-list').out;
    expect(master()).toBe('gwbr0');

    expect(cli('port', 'move', device, 'den', '--dry-run').out).toContain(
      `interrupts connections of the guests on ${device}, who are in another network from now on`,
    );
    expect(master()).toBe('gwbr0');
    const moved = cli('port', 'move', device, 'den');
    expect([moved.status, moved.out]).toEqual([0, expect.stringContaining(`Port ${device} moved to network den\n`)]);
    expect(master()).toBe('gwbr1');
    expect(cli('port', 'list', 'den').out).toContain(device);
    expect(cli('nwfilter-binding-list').out).toBe(binding);
    expect(cli('undo').status).toBe(0);
    expect(master()).toBe('gwbr0');
    expect(cli('port', 'move', device, 'nope').err).toContain('Network not found');
    expect(cli('port', 'move', 'gw99', 'den').err).toContain('there is no port gw99');
    cli('port', 'delete', device);
  });

  it('exports XML that it takes again, and rules that nft takes', () => {
    cli('net-new', 'lab', '--no-start');
    const file = write('lab.xml', cli('export', 'lab').out);
    cli('net-undefine', 'lab');
    expect(cli('net-define', file).status).toBe(0);
    expect(cli('export', 'lab').out).toBe(readFileSync(file, 'utf8'));
    const rules = cli('export', 'lab', '--nft').out;
    const elsewhere = createNetworkNamespace();
    try {
      elsewhere.run(() => runTool('/usr/sbin/nft', ['-f', '-'], rules));
      expect(elsewhere.run(() => runTool('/usr/sbin/nft', ['list', 'ruleset']))).toContain('masquerade');
    } finally {
      elsewhere.close();
    }
  });
});
