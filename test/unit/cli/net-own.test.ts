import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseDuration } from '../../../main/cli/networks/parse-duration.ts';
import { parseForward } from '../../../main/cli/networks/parse-forward.ts';
import { formatOpening, parseOpening } from '../../../main/cli/networks/parse-opening.ts';
import { formatForward } from '../../../main/networks/forwards/format-forward.ts';
import { engineDouble } from './engine-double.ts';
import { cliDouble } from './run-cli.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'guestward-own-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('parseForward', () => {
  it.each([
    ['8080:web:80/tcp', '8080:web:80/tcp'],
    ['8080:web:80', '8080:web:80/tcp'],
    ['53:web/udp', '53:web:53/udp'],
    ['8000-8010:web:9000-9010/tcp', '8000-8010:web:9000-9010/tcp'],
    ['22:52:54:00:12:34:56:2222', '22:52:54:00:12:34:56:2222/tcp'],
    ['22:52:54:00:12:34:56', '22:52:54:00:12:34:56:22/tcp'],
    ['80:10.0.0.2:8080', '80:10.0.0.2:8080/tcp'],
    ['80:[fd00::2]:8080', '80:[fd00::2]:8080/tcp'],
  ])('reads %s', (text, formatted) => {
    const forward = parseForward(text);
    expect(forward.ok && formatForward(forward.value)).toBe(formatted);
  });

  it.each([
    '',
    '8080',
    'web:80',
    '0:web:80',
    '70000:web:80',
    '90-80:web',
    '1-3:web:1-2',
    '80:we b:80',
    '80:[x]:80',
    '80:web:80/sctp',
  ])('refuses %j', (text) => {
    expect(parseForward(text)).toMatchObject({ ok: false, failure: { kind: 'usage' } });
  });
});

describe('parseOpening', () => {
  it.each([
    ['ssh', ['tcp/22']],
    ['SSH', ['tcp/22']],
    ['rpcbind', ['tcp/111', 'udp/111']],
    ['8080', ['tcp/8080']],
    ['udp/5000-5010', ['udp/5000-5010']],
  ])('reads %s', (text, formatted) => {
    const openings = parseOpening(text);
    expect(openings.ok && openings.value.map(formatOpening)).toEqual(formatted);
  });

  it.each(['', 'gopher', 'tcp/', 'tcp/0', 'icmp/1', 'constructor'])('refuses %j', (text) => {
    expect(parseOpening(text).ok).toBe(false);
  });
});

describe('parseDuration', () => {
  it.each([
    ['90s', 90],
    ['30m', 1800],
    ['1d12h', 129_600],
    ['2w', 1_209_600],
    ['0h', undefined],
    ['2', undefined],
    ['2 h', undefined],
    ['-2h', undefined],
  ])('%j is %j', (text, seconds) => {
    expect(parseDuration(text)).toBe(seconds);
  });
});

describe('net-new', () => {
  it('gives every NIC on it the filter that is wished, if there is one of that name', async () => {
    const cli = cliDouble();
    await cli(['net-new', 'kept', '--filter', 'clean-traffic']);
    expect((await cli(['net-dumpxml', 'kept'])).out).toContain("<guestward:filter name='clean-traffic'/>");
    expect((await cli(['net-new', 'other', '--filter', 'clean-trafic'])).err).toContain("'clean-trafic'");
    expect((await cli(['net-list', '--all', '--name'])).out).not.toContain('other');
  });

  it('makes, starts and autostarts a nat network of its own choice, and says what it chose', async () => {
    const cli = cliDouble();
    expect((await cli(['net-new'])).out).toMatch(
      /^Network default\n {2}Kind {6}nat: .*\n {2}Bridge {4}gwbr0\n {2}Address {3}10\.[\s\S]*\n {2}Names {5}GUEST\.default\.internal\n {2}State {5}started, starts with the machine\n\nNext: guestward port new default\n$/,
    );
    expect((await cli(['net-list'])).out).toContain(' default   active   yes         yes\n');
    expect((await cli(['net-new', 'default'])).err).toBe(
      "error: operation failed: network 'default' already exists\nhint: give the new one another name\n",
    );
  });

  it('calls each network by its kind where it is given no name', async () => {
    const engine = engineDouble();
    const cli = cliDouble(engine);
    for (const kind of ['--isolated', '--route', '--very-isolated'])
      await cli(['net-new', kind, '--no-start', '--no-autostart']);
    expect([...engine.workspace.networks.keys()]).toEqual(['isolated', 'route', 'very-isolated']);
    expect((await cli(['net-list', '--all'])).out).toMatch(/^ isolated +inactive +no +yes$/m);
  });

  it('takes a subnet of any size, with the bridge at its beginning', async () => {
    const cli = cliDouble();
    await cli(['net-new', 'small', '--subnet', '10.20.30.0/29', '--no-ipv6']);
    const { out } = await cli(['net-dumpxml', 'small']);
    expect(out).toContain("<ip address='10.20.30.1' netmask='255.255.255.248'>");
    expect(out).toContain("<range start='10.20.30.2' end='10.20.30.6'/>");
    expect(out).not.toContain("family='ipv6'");
  });

  it.each([
    ['fd12:1:2:3::/64', ["<range start='fd12:1:2:3::1000' end='fd12:1:2:3::1fff'>", '<guestward:slaac/>']],
    ['fd12:1:2:3::/80', ["<range start='fd12:1:2:3::1000' end='fd12:1:2:3::1fff'>"]],
    ['fd12:1:2:3::/120', []],
    ['fd12:1:2::/48', []],
  ])(
    'serves DHCPv6 in %s as far as that can be, beside addresses of their own for guests of a /64',
    async (subnet, parts) => {
      const cli = cliDouble();
      await cli(['net-new', 'six', '--subnet', subnet]);
      const { out } = await cli(['net-dumpxml', 'six']);
      const served = out.split('\n').map((line) => line.trim());
      expect(served.filter((line) => /<range start='fd|slaac/.test(line)).toSorted()).toEqual(parts.toSorted());
      expect(out).toContain("<lease expiry='1' unit='hours'/>".repeat(parts.length > 0 ? 1 : 0));
    },
  );

  it('gives a very isolated network no address', async () => {
    const cli = cliDouble();
    expect((await cli(['net-new', '--very-isolated'])).out).toContain('very isolated: guests reach each other alone');
    expect((await cli(['net-dumpxml', 'very-isolated'])).out).not.toContain('<ip');
  });

  it('names who has the subnet already, and what to do', async () => {
    expect(
      (await cliDouble()(['net-new', 'home', '--subnet', '192.168.1.0/24'])).err,
    ).toBe(`error: Failed to make network home
error: Network is already in use: of network home, 192.168.1.0/24 by the LAN on wlan0 (192.168.1.0/24)
hint: leave --subnet out, and a subnet that is free is chosen
`);
  });

  it.each([
    [['--nat', '--lan'], 'a network is of one kind, not --nat and --lan'],
    [['--subnet', '10.0.0.1/24'], "'10.0.0.1/24' is not a subnet"],
    [['--subnet', '10.0.0.0/31'], '10.0.0.0/31 has no room for a guest'],
    [
      ['--very-isolated', '--subnet', '10.0.0.0/24'],
      '--subnet does not go with --very-isolated, which has no addresses',
    ],
    [['--uplink', 'a b'], "'a b' is not the name of a network device"],
    [['--uplink', 'nowhere0'], 'this host has no device nowhere0'],
  ])('%j is refused', async (options, message) => {
    const { status, err } = await cliDouble()(['net-new', ...options]);
    expect([status, err.split('\n')[0]]).toEqual([1, `error: ${message}`]);
  });
});

describe('net-forward', () => {
  async function withNetwork(engine = engineDouble()) {
    const cli = cliDouble(engine);
    await cli(['net-new', 'lab', '--subnet', '10.20.30.0/24', '--no-ipv6']);
    return cli;
  }

  it('adds, lists and removes forwards, in the definition and at once', async () => {
    const cli = await withNetwork();
    expect((await cli(['net-forward', 'lab'])).out).toBe(
      'Network lab has no forwards. To begin: guestward net-forward lab --add 8080:GUEST:80/tcp\n',
    );
    const added = await cli(['net-forward', 'lab', '--add', '8080:10.20.30.7:80', '--add', '2222:10.20.30.7:22']);
    expect(added.out).toBe('8080:10.20.30.7:80/tcp is forwarded\n2222:10.20.30.7:22/tcp is forwarded\n');
    expect((await cli(['net-forward', 'lab', '--list'])).out).toContain(
      ' 8080/tcp    10.20.30.7   80           for good\n',
    );
    expect((await cli(['net-dumpxml', 'lab', '--inactive'])).out).toContain('<guestward:forward');
    expect((await cli(['net-forward', 'lab', '--remove', '8080:10.20.30.7:80'])).out).toBe(
      '8080:10.20.30.7:80/tcp is forwarded no more\n',
    );
    expect(JSON.parse((await cli(['net-forward', 'lab', '--json'])).out)).toMatchObject([
      { forward: '2222:10.20.30.7:22/tcp', guest: '10.20.30.7' },
    ]);
  });

  it('is refused where a process listens, and names it', async () => {
    const listeners = [{ protocol: 'tcp', address: '0.0.0.0', port: 8080, process: 'nginx', pid: 77 }] as const;
    const cli = await withNetwork(engineDouble([], { listeners }));
    const { status, err } = await cli(['net-forward', 'lab', '--add', '8080:10.20.30.7:80']);
    expect([status, err]).toEqual([
      1,
      expect.stringMatching(/Failed to change the forwards of lab\nerror: .*nginx.*77/),
    ]);
  });

  it.each([
    [['--add', 'x'], "'x' is not a forward"],
    [['--add', '80:10.20.30.7', '--expires', 'soon'], "'soon' is not a time"],
    [['--remove', '80:web:80'], 'network lab has no forward 80:web:80/tcp'],
  ])('%j is refused', async (options, message) => {
    const { status, err } = await (await withNetwork())(['net-forward', 'lab', ...options]);
    expect([status, err.split('\n')[0]]).toEqual([1, `error: ${message}`]);
  });
});

describe('net-open', () => {
  it('opens, lists with who listens, closes, and leaves it to the host again', async () => {
    const listeners = [{ protocol: 'tcp', address: '0.0.0.0', port: 22, process: 'sshd', pid: 9 }] as const;
    const cli = cliDouble(engineDouble([], { listeners }));
    await cli(['net-new', 'lab']);
    const said = async (...words: readonly string[]): Promise<string> => (await cli(['net-open', 'lab', ...words])).out;
    expect(await said()).toMatch(/^Guests of lab reach on the host what its own firewall lets in\./);
    expect(await said('ssh', 'udp/5000')).toBe('Guests of lab reach on the host: tcp/22, udp/5000\n');
    expect(await said()).toBe(` Opening    Service   Who listens
--------------------------------------
 tcp/22     ssh       sshd (9)
 udp/5000   -         nobody listens
`);
    expect(await said('--close', 'udp/5000')).toBe('Guests of lab reach on the host: tcp/22\n');
    expect(await said('--close')).toBe('Guests of lab reach on the host: DNS and DHCP alone\n');
    expect(await said()).toBe('Guests of lab reach nothing on the host but its DNS and DHCP.\n');
    expect(await said('--any')).toBe("Guests of lab reach on the host: what the host's own firewall lets in\n");
    expect(await said()).toMatch(/what its own firewall lets in/);
  });
});

describe('net-reach and net-renumber', () => {
  it('switch what guests reach', async () => {
    const cli = cliDouble();
    await cli(['net-new', 'lab']);
    expect((await cli(['net-reach', 'lab', '--internet', 'no', '--guests', 'no'])).status).toBe(0);
    expect(JSON.parse((await cli(['net-reach', 'lab', '--json'])).out)).toEqual({
      internet: false,
      lan: true,
      guests: false,
      host: true,
    });
    expect((await cli(['net-reach', 'lab', '--lan', 'maybe'])).err).toBe("error: --lan is yes or no, not 'maybe'\n");
  });

  it('move a network with what speaks of its addresses', async () => {
    const cli = cliDouble();
    await cli(['net-new', 'lab', '--subnet', '10.20.30.0/24', '--no-ipv6']);
    await cli(['net-forward', 'lab', '--add', '8080:10.20.30.7:80']);
    expect((await cli(['net-renumber', 'lab', '10.20.31.0/24'])).out).toMatch(
      /^Network lab moved from 10\.20\.30\.0\/24 to 10\.20\.31\.0\/24\n/,
    );
    const { out } = await cli(['net-dumpxml', 'lab']);
    expect(out).toContain('10.20.31.7');
    expect(out).not.toContain('10.20.30.');
  });
});

describe('port', () => {
  it('makes one, prints the lines to paste, lists and deletes it', async () => {
    const cli = cliDouble();
    expect((await cli(['port', 'list'])).out).toBe(
      'There is no port yet. To begin: guestward port new NETWORK --name GUEST\n',
    );
    await cli(['net-new', 'lab']);
    const made = await cli([
      'port',
      'new',
      'lab',
      '--name',
      'web',
      '--user',
      '1234',
      '--mac',
      '52:54:00:00:00:07',
      '--dev',
      'gwt0',
    ]);
    expect(made.out).toMatch(
      /^gwt0 is a port of lab for web \(MAC 52:54:00:00:00:07\), not filtered, and opened by user 1234\n\nqemu\n {2}-netdev tap/,
    );
    expect((await cli(['port', 'list'])).out).toContain(' gwt0   lab       web     52:54:00:00:00:07   1234   -\n');
    expect((await cli(['port', 'delete', 'gwt0'])).out).toBe('Port gwt0 deleted\n');
    expect((await cli(['port', 'delete', 'gwt0'])).err).toMatch(
      /^error: Failed to delete port gwt0\nerror: there is no port gwt0\n/,
    );
  });

  it.each([
    [['frob'], "'frob' is not what can be done with ports"],
    [['new'], 'port new needs a network'],
    [['new', 'lab', 'x'], "unexpected data 'x'"],
    [['new', 'lab', '--name', '-x'], "'-x' is not a name that a guest can have"],
    [['new', 'lab', '--mac', '01:00:5e:00:00:01'], '01:00:5e:00:00:01 is the address of a group, which no guest has'],
    [['new', 'lab', '--mac', '52:54:00:00:00:08'], '52:54:00:00:00:08 is the MAC address of port gwt8 of network lab'],
    [['new', 'lab', '--user', 'nobody-of-this-name'], "'nobody-of-this-name' is not a user of this host"],
  ])('%j is refused', async (words, message) => {
    const cli = cliDouble();
    await cli(['net-new', 'lab']);
    await cli(['port', 'new', 'lab', '--mac', '52:54:00:00:00:08', '--dev', 'gwt8']);
    const { status, err } = await cli(['port', ...words]);
    expect([status, err.split('\n')[0]]).toEqual([1, `error: ${message}`]);
  });
});

describe('import libvirt and export', () => {
  it("take over what can be taken from libvirt's folders, and say why the rest cannot", async () => {
    const root = join(folder, 'libvirt');
    for (const each of ['nwfilter', 'qemu/networks/autostart', 'nwfilter-binding'])
      mkdirSync(join(root, each), { recursive: true });
    const put = (path: string, text: string) => writeFileSync(join(root, path), text);
    // `a` refers to what comes after it.
    put(
      'nwfilter/a.xml',
      "<filter name='a'><uuid>11111111-2222-4333-8444-00000000000a</uuid><filterref filter='b'/></filter>",
    );
    put('nwfilter/b.xml', "<filter name='b' chain='arp'><uuid>11111111-2222-4333-8444-00000000000b</uuid></filter>");
    const stock = (await cliDouble()(['nwfilter-dumpxml', 'allow-arp'])).out;
    // libvirt gives it a uuid of its own on each host; else it is the same, and nobody needs to hear of it.
    put(
      'nwfilter/allow-arp.xml',
      stock.replace(/<uuid>.*<\/uuid>/, '<uuid>11111111-2222-4333-8444-0000000000ff</uuid>'),
    );
    put('nwfilter/clean-traffic.xml', "<filter name='clean-traffic'/>");
    const network = (name: string, forward: string) =>
      `<network><name>${name}</name><uuid>11111111-2222-4333-8444-0000000000${name}</uuid><forward mode='${forward}'/><ip address='10.9.0.1' prefix='24'/></network>`;
    put('qemu/networks/01.xml', network('01', 'nat'));
    put('qemu/networks/autostart/01.xml', network('01', 'nat'));
    put('qemu/networks/02.xml', network('02', 'hostdev'));
    put(
      'nwfilter-binding/vnet0.xml',
      "<filterbindingb><filterbinding><owner><name>g</name><uuid>11111111-2222-4333-8444-00000000000c</uuid></owner><portdev name='vnet0'/><mac address='52:54:00:00:00:02'/><filterref filter='a'/></filterbinding></filterbindingb>",
    );
    const engine = engineDouble();
    const { status, out, err } = await cliDouble(engine)(['import', 'libvirt', '--from', root]);
    expect(status).toBe(0);
    expect(out).toMatch(`4 definitions of 6 taken from ${root}\n`);
    expect(out).toMatch(
      /Not taken:\n {2}filter clean-traffic: it is not the one that Guestward comes with; .*\n {2}network 02: .*hostdev/,
    );
    expect(err).toContain('libvirt starts network 01 with the machine');
    expect([...engine.workspace.networks.keys(), ...engine.workspace.bindings.keys()]).toEqual(['01', 'vnet0']);
    expect(engine.workspace.generation).toBe(1);
  });

  it('say of what cannot be looked at that it cannot, rather than that there is nothing', async () => {
    const missing = join(folder, 'nowhere');
    expect(await cliDouble()(['import', 'libvirt', '--from', missing])).toMatchObject({
      status: 1,
      out: '',
      err: expect.stringMatching(`^error: there is no folder '${missing}'\n`),
    });
    const root = join(folder, 'closed');
    mkdirSync(join(root, 'qemu'), { recursive: true });
    // Root reads every folder, so one that is none stands for one that is closed.
    writeFileSync(join(root, 'qemu/networks'), '');
    const { out } = await cliDouble()(['import', 'libvirt', '--from', root]);
    expect(out).toMatch(`Not taken:\n  networks in ${root}/qemu/networks: Not a directory\n`);
  });

  it('write what was defined into a folder, once', async () => {
    const cli = cliDouble();
    const target = join(folder, 'out');
    expect((await cli(['export', '--all', target])).out).toMatch(/^There is nothing to export yet/);
    await cli(['net-new', 'lab']);
    expect((await cli(['export', '--all', target])).out).toBe(`1 definition written to ${target}\n`);
    const file = join(target, 'networks/lab.xml');
    expect(readFileSync(file, 'utf8')).toBe((await cli(['export', 'lab'])).out);
    expect((await cli(['export', '--all', target])).err).toMatch(
      `error: Failed to export to ${target}\nerror: Failed to write file '${file}': file already exists\n`,
    );
    expect((await cli(['export', 'lab', '--nft'])).out).toMatch(/^add table inet guestward\n[\s\S]*masquerade/);
  });
});

describe('status', () => {
  it("tells how networks do, with dnsmasq's own words", async () => {
    const dnsmasq = { running: false, words: 'failed to create listening socket for 10.20.30.1\u001B[2J' } as const;
    const states = {
      lab: { bridgeUp: false, leases: '4102444800 52:54:00:00:00:09 10.20.30.50 web *\n', accepts: [], dnsmasq },
    };
    const cli = cliDouble(engineDouble([], { states }));
    await cli(['net-new', 'lab', '--subnet', '10.20.30.0/24', '--no-ipv6']);
    const { out } = await cli(['status']);
    expect(out.split('\n\n').at(-1)).toBe(` Network   State    Kind   Bridge   Address         Ports   Leases
--------------------------------------------------------------------
 lab       active   nat    gwbr0    10.20.30.1/24   0       1
warning: the bridge of lab is gone or down; guestward restore brings it back
warning: lab has no DHCP and DNS, for dnsmasq does not run: failed to create listening socket for 10.20.30.1?[2J
`);
    expect(JSON.parse((await cli(['status', '--json'])).out).networks).toMatchObject([
      { name: 'lab', leases: 1, dnsmasq },
    ]);
  });
});
