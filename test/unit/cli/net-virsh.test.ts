import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engineDouble, fixedUuid } from './engine-double.ts';
import { cliDouble } from './run-cli.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'guestward-net-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function write(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

const uuidOf = (digit: number) => `11111111-2222-4333-8444-00000000000${digit}`;

function network(name: string, digit: number, more = ''): string {
  return write(
    `${name}.xml`,
    `<network><name>${name}</name><uuid>${uuidOf(digit)}</uuid><forward mode='nat'/><bridge name='br${digit}'/>${more}<ip address='10.77.${digit}.1' netmask='255.255.255.0'><dhcp><range start='10.77.${digit}.2' end='10.77.${digit}.254'/></dhcp></ip></network>`,
  );
}

/** Networks as virsh's recorded lists had them: n1 defined, longername2 created. */
async function twoNetworks(engine = engineDouble()) {
  const cli = cliDouble(engine);
  await cli(['net-define', network('n1', 1)]);
  await cli(['net-create', network('longername2', 2)]);
  return cli;
}

describe('net-define and net-create', () => {
  it("say what they did in virsh's words", async () => {
    const cli = cliDouble();
    const [one, two] = [network('n1', 1), network('n2', 2)];
    expect(await cli(['net-define', one])).toEqual({
      status: 0,
      out: `Network n1 defined from ${one}\n\n`,
      err: '',
    });
    expect((await cli(['net-define', one, '--validate'])).out).toBe(`Network n1 defined from ${one}\n\n`);
    expect((await cli(['net-create', two])).out).toBe(`Network n2 created from ${two}\n\n`);
  });

  it('name both uuids where they differ', async () => {
    const cli = cliDouble();
    await cli(['net-define', network('n1', 1)]);
    const file = network('n1', 2);
    expect((await cli(['net-define', file])).err).toMatch(
      `error: Failed to define network from ${file}\nerror: operation failed: network 'n1' already exists with uuid ${uuidOf(1)}\nhint: `,
    );
  });

  it('print what is wrong where it stands', async () => {
    const file = write('bad.xml', "<network><name>b</name><forward mode='teleport'/></network>");
    const { status, out, err } = await cliDouble()(['net-define', file]);
    expect([status, out]).toEqual([1, '\n']);
    expect(err).toMatch(`error: Failed to define network from ${file}\n${file}:1:`);
  });

  it.each([
    [
      ['net-define', '/nonexistent.xml'],
      '\n',
      "error: Failed to open file '/nonexistent.xml': No such file or directory\n",
    ],
    [['net-define'], '', "error: command 'net-define' requires <file> option\n"],
    [['net-create'], '', "error: command 'net-create' requires <file> option\n"],
  ])('%j fails as with virsh', async (argv, out, err) => {
    expect(await cliDouble()(argv)).toEqual({ status: 1, out, err });
  });
});

describe('net-list', () => {
  const none = ' Name   State   Autostart   Persistent\n----------------------------------------\n\n';
  const n1 =
    ' Name   State      Autostart   Persistent\n-------------------------------------------\n n1     inactive   no          yes\n\n';
  const two =
    ' Name          State    Autostart   Persistent\n------------------------------------------------\n longername2   active   no          no\n\n';
  const both =
    ' Name          State      Autostart   Persistent\n--------------------------------------------------\n longername2   active     no          no\n n1            inactive   no          yes\n\n';

  it.each([
    [[], two],
    [['--table'], two],
    [['--all'], both],
    [['--all', '--table'], both],
    [['--inactive'], n1],
    [['--transient'], two],
    [['--persistent'], none],
    [['--persistent', '--all'], n1],
    [['--autostart'], none],
    [['--all', '--no-autostart'], both],
    [['--name'], 'longername2\n\n'],
    [['--all', '--name'], 'longername2\nn1\n\n'],
    [['--all', '--uuid'], `${uuidOf(2)}\n${uuidOf(1)}\n\n`],
  ])('%j prints what virsh prints', async (options, out) => {
    const cli = await twoNetworks();
    expect(await cli(['net-list', ...options])).toEqual({ status: 0, out, err: '' });
  });

  it('leaves heading and empty line out with -q, and refuses two kinds of output', async () => {
    const cli = await twoNetworks();
    expect((await cli(['-q', 'net-list', '--all'])).out).toBe(
      ' longername2   active     no   no\n n1            inactive   no   yes\n',
    );
    expect(await cli(['net-list', '--name', '--uuid'])).toEqual({
      status: 1,
      out: '\n',
      err: 'error: Only one argument from --table, --name and --uuid may be specified.\n',
    });
  });

  it('is data with --json', async () => {
    const cli = await twoNetworks();
    expect(JSON.parse((await cli(['net-list', '--json'])).out)).toEqual([
      {
        name: 'longername2',
        uuid: uuidOf(2),
        active: true,
        autostart: false,
        persistent: false,
        mode: 'nat',
        bridge: 'br2',
      },
    ]);
  });
});

describe('a network', () => {
  it("goes through its life in virsh's words", async () => {
    const cli = cliDouble();
    await cli(['net-define', network('n1', 1)]);
    const said = async (...argv: readonly string[]): Promise<string> => (await cli(argv)).out;
    expect(await said('net-start', 'n1')).toBe('Network n1 started\n\n');
    expect(await said('net-autostart', 'n1')).toBe('Network n1 marked as autostarted\n\n');
    expect(await said('net-info', 'n1')).toBe(
      `Name:           n1\nUUID:           ${uuidOf(1)}\nActive:         yes\nPersistent:     yes\nAutostart:      yes\nBridge:         br1\n\n`,
    );
    expect(await said('net-autostart', 'n1', '--disable')).toBe('Network n1 unmarked as autostarted\n\n');
    expect(await said('net-uuid', 'n1')).toBe(`${uuidOf(1)}\n\n`);
    expect(await said('net-name', uuidOf(1))).toBe('n1\n\n');
    expect(await said('net-undefine', uuidOf(1))).toBe(`Network ${uuidOf(1)} has been undefined\n\n`);
    expect(await said('net-list', '--all')).toContain(' n1     active   no          no\n');
    expect(await said('net-destroy', 'n1')).toBe('Network n1 destroyed\n\n');
    expect(await said('net-list', '--all', '--name')).toBe('\n');
  });

  it.each([
    [
      ['net-start', 'n1'],
      'error: Failed to start network n1\nerror: Requested operation is not valid: network is already active\n',
    ],
    [
      ['net-start', 'nope'],
      "error: failed to get network 'nope'\nerror: Network not found: no network with matching name 'nope'\n",
    ],
    [
      ['net-info', 'nope'],
      "error: failed to get network 'nope'\nerror: Network not found: no network with matching name 'nope'\n",
    ],
    [
      ['net-dhcp-leases', 'nope'],
      "error: failed to get network 'nope'\nerror: Network not found: no network with matching name 'nope'\n",
    ],
    [
      ['net-edit', 'nope'],
      "error: failed to get network 'nope'\nerror: Network not found: no network with matching name 'nope'\n",
    ],
    [['net-update', 'nope', 'add', 'ip-dhcp-host', '<host/>'], "error: failed to get network 'nope'\n"],
    [
      ['net-name', fixedUuid],
      `error: failed to get network '${fixedUuid}'\nerror: Network not found: no network with matching uuid '${fixedUuid}'\n`,
    ],
    [
      ['net-autostart', 'n2'],
      'error: failed to mark network n2 as autostarted\nerror: Requested operation is not valid: ',
    ],
    [
      ['net-dhcp-leases', 'n1', '--mac', 'zz'],
      'error: Failed to get leases info for n1\nerror: invalid MAC address: zz\n',
    ],
  ])('%j fails as with virsh', async (argv, err) => {
    const cli = cliDouble();
    await cli(['net-define', network('n1', 1)]);
    await cli(['net-start', 'n1']);
    await cli(['net-create', network('n2', 2)]);
    const ran = await cli(argv);
    expect([ran.status, ran.out, ran.err.slice(0, err.length)]).toEqual([1, '\n', err]);
  });

  it('is printed as it is started, or with --inactive as it is defined', async () => {
    const cli = cliDouble();
    await cli(['net-define', network('n1', 1)]);
    await cli(['net-start', 'n1']);
    await cli(['net-define', network('n1', 1, "<domain name='later'/>")]);
    expect((await cli(['net-dumpxml', 'n1'])).out).toMatch(/^<network>\n {2}<name>n1<\/name>\n[\s\S]*<\/network>\n\n$/);
    expect((await cli(['net-dumpxml', 'n1'])).out).not.toContain('later');
    expect((await cli(['net-dumpxml', 'n1', '--inactive'])).out).toContain("<domain name='later'/>");
  });

  it('tells with --dry-run what its start brings, and whom its end interrupts', async () => {
    const cli = cliDouble();
    await cli(['net-define', network('n1', 1)]);
    expect((await cli(['net-start', 'n1', '--dry-run'])).out).toMatch(
      /^Dry run, nothing was changed\. The plan:\n {2}start network n1 on a new bridge br1, the host being 10\.77\.1\.1\/24\n {4}the host forwards IPv4 while the network stands\n {4}dnsmasq started for its DHCP and DNS\n/,
    );
    expect((await cli(['net-list'])).out).not.toContain('n1');
    await cli(['net-start', 'n1']);
    expect((await cli(['net-destroy', 'n1', '--dry-run'])).out).toContain(
      '  stop network n1: br1 and all that belongs to them go\n    interrupts every guest of n1; NICs that others have plugged in are back in it when it is started again\n',
    );
  });
});

describe('net-update', () => {
  const host = (digit: number) => `<host mac='52:54:00:00:00:0${digit}' ip='10.77.1.5${digit}'/>`;
  const update = (...rest: readonly string[]) => ['net-update', 'n1', 'add', 'ip-dhcp-host', host(1), ...rest];

  it.each([
    [['--live', '--config'], 'persistent config and live state'],
    [['--config'], 'persistent config'],
    [['--live'], 'live state'],
    [['--current'], 'live state'],
    [[], 'live state'],
    [['--parent-index', '0'], 'live state'],
    [['0'], 'live state'],
  ])('%j changes what virsh changes', async (options, affected) => {
    const cli = cliDouble();
    await cli(['net-define', network('n1', 1)]);
    await cli(['net-start', 'n1']);
    // virsh has no line feed here but the one that ends every verb.
    expect(await cli(update(...options))).toEqual({ status: 0, out: `Updated network n1 ${affected}\n`, err: '' });
    const [live, defined] = [await cli(['net-dumpxml', 'n1']), await cli(['net-dumpxml', 'n1', '--inactive'])];
    expect([live.out.includes(host(1)), defined.out.includes(host(1))]).toEqual([
      affected.includes('live'),
      affected.includes('config'),
    ]);
  });

  it('changes the definition of a network that is not started', async () => {
    const cli = cliDouble();
    await cli(['net-define', network('n1', 1)]);
    expect((await cli(update())).out).toBe('Updated network n1 persistent config\n');
    const refused = await cli(['net-update', 'n1', 'add', 'ip-dhcp-host', host(2), '--live']);
    expect([refused.status, refused.err.split('\n')[0]]).toEqual([1, 'error: Failed to update network n1']);
  });

  it.each([
    [update('--current', '--live'), 'Options --current and --live are mutually exclusive'],
    [['net-update', 'n1', 'frob', 'ip-dhcp-host', '<host/>'], "unrecognized command name 'frob'"],
    [['net-update', 'n1', 'add', 'frob', '<host/>'], "unrecognized section name 'frob'"],
    [
      ['net-update', 'n1', 'add', 'ip-dhcp-host', '/none.xml'],
      "Failed to open file '/none.xml': No such file or directory",
    ],
    [update('--parent-index', 'x'), "Numeric value 'x' for <parent-index> option is malformed or out of range"],
  ])('%j is refused as by virsh', async (argv, message) => {
    const cli = cliDouble();
    await cli(['net-define', network('n1', 1)]);
    const { status, out, err } = await cli(argv);
    expect([status, out, err.split('\n')[0]]).toEqual([1, '\n', `error: ${message}`]);
  });

  it('names every argument that is missing', async () => {
    expect(await cliDouble()(['net-update', 'n1'])).toEqual({
      status: 1,
      out: '',
      err: "error: command 'net-update' requires <command> option\nerror: command 'net-update' requires <section> option\nerror: command 'net-update' requires <xml> option\n",
    });
  });
});

describe('net-dhcp-leases', () => {
  const heading = ' Expiry Time   MAC address   Protocol   IP address   Hostname   Client ID or DUID\n';
  const lines = [
    '4102444800 52:54:00:00:00:09 10.77.1.50 web ff:00:01',
    '4102444900 52:54:00:00:00:02 10.77.1.51 * *',
    '0 52:54:00:00:00:04 10.77.1.53 * *',
    '1000 52:54:00:00:00:05 10.77.1.54 old *',
    '4102444800 52:54:00:00:00:06 10.77.1.55 \u001B[2J *',
  ];

  it('prints what virsh prints: by MAC address, the current ones alone', async () => {
    const states = { n1: { bridgeUp: true, leases: `${lines.join('\n')}\n`, accepts: [] } };
    const cli = cliDouble(engineDouble([], { states }));
    await cli(['net-define', network('n1', 1)]);
    await cli(['net-start', 'n1']);
    const { out } = await cli(['net-dhcp-leases', 'n1']);
    expect(
      out.replaceAll(/[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9:]{8}/g, 'YYYY-MM-DD hh:mm:ss'),
    ).toBe(` Expiry Time           MAC address         Protocol   IP address      Hostname   Client ID or DUID
----------------------------------------------------------------------------------------------------
 YYYY-MM-DD hh:mm:ss   52:54:00:00:00:02   ipv4       10.77.1.51/24   -          -
 YYYY-MM-DD hh:mm:ss   52:54:00:00:00:04   ipv4       10.77.1.53/24   -          -
 YYYY-MM-DD hh:mm:ss   52:54:00:00:00:06   ipv4       10.77.1.55/24   -          -
 YYYY-MM-DD hh:mm:ss   52:54:00:00:00:09   ipv4       10.77.1.50/24   web        ff:00:01

`);
    expect((await cli(['net-dhcp-leases', 'n1', '52:54:00:00:00:09'])).out.split('\n')).toHaveLength(5);
    expect((await cli(['net-dhcp-leases', 'n1', '--mac', '52:54:00:00:00:07'])).out).toBe(
      `${heading}${'-'.repeat(83)}\n\n`,
    );
    expect(JSON.parse((await cli(['net-dhcp-leases', 'n1', '--json'])).out)).toHaveLength(4);
  });
});

describe('net-edit', () => {
  function editor(from: string, to: string): Readonly<Record<string, string>> {
    const program = join(folder, 'editor');
    const script = `const fs = require('node:fs'); const file = process.argv.at(-1); fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replaceAll(${JSON.stringify(from)}, ${JSON.stringify(to)}));`;
    writeFileSync(program, `#!${process.execPath}\n${script}\n`);
    chmodSync(program, 0o755);
    return { EDITOR: program };
  }

  it("says in virsh's words whether it changed anything, and changes a started network too", async () => {
    const cli = cliDouble();
    await cli(['net-define', network('n1', 1)]);
    await cli(['net-start', 'n1']);
    expect((await cli(['net-edit', 'n1'], editor('x', 'x'))).out).toBe('Network n1 XML configuration not changed.\n\n');
    expect((await cli(['net-edit', 'n1'], editor('10.77.1.254', '10.77.1.200'))).out).toBe(
      'Network n1 XML configuration edited.\n\n',
    );
    expect((await cli(['net-dumpxml', 'n1'])).out).toContain('10.77.1.200');
    expect((await cli(['net-dumpxml', 'n1', '--inactive'])).out).toContain('10.77.1.200');
  });
});
