import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Healing } from '../../../shared/plan/healing.ts';
import { engineDouble } from './engine-double.ts';
import { cliDouble } from './run-cli.ts';

const attachArgs = [
  'attach',
  'vnet0',
  '--filter',
  'clean-traffic',
  '--mac',
  '52:54:00:00:00:02',
  '--param',
  'IP=10.0.0.2',
];

describe('adopt', () => {
  it('says that no NIC waits where no network filters by default', async () => {
    expect(await cliDouble()(['adopt'])).toMatchObject({
      status: 0,
      out: 'No NIC waits for the default filter of its network\n',
    });
  });

  it.each([
    [['adopt', '--follow', '--dry-run'], '--follow stays to make changes, and --dry-run makes none'],
    [['adopt', 'nowhere'], "failed to get network 'nowhere'"],
    [['adopt', 'nowhere', '--follow'], "failed to get network 'nowhere'"],
  ])('%j is refused', async (argv, message) => {
    const { status, err } = await cliDouble()(argv);
    expect([status, err.split('\n')[0]]).toEqual([1, `error: ${message}`]);
  });
});

describe('attach and detach', () => {
  it('bind and open a NIC', async () => {
    const cli = cliDouble();
    expect((await cli(attachArgs)).out).toBe('vnet0 is filtered by clean-traffic (MAC 52:54:00:00:00:02)\n');
    expect((await cli(attachArgs)).err).toMatch(/binding 'vnet0' already exists/);
    expect((await cli([...attachArgs, '--replace', '--param', 'IP=10.0.0.3'])).status).toBe(0);
    expect((await cli(['nwfilter-binding-dumpxml', 'vnet0'])).out).toMatch(/10\.0\.0\.2.*\n.*10\.0\.0\.3/);
    expect((await cli(['detach', 'vnet0'])).out).toBe('vnet0 is open\n');
    expect((await cli(['detach', 'vnet0'])).status).toBe(1);
  });

  it.each([
    [['attach'], "command 'attach' requires <dev> option"],
    [['attach', 'vnet0'], "command 'attach' requires --filter"],
    [['attach', '../vnet0', '--filter', 'f'], "'../vnet0' is not the name of a network device"],
    [['attach', 'vnet0', '--filter', 'f', '--mac', '52:54'], "'52:54' is not a MAC address"],
    [['attach', 'vnet0', '--filter', 'f', '--param', 'IP'], "'IP' is not a parameter"],
    [['attach', 'vnet0', '--filter', 'f', '--param', "IP=1' or"], "'IP=1' or' is not a parameter"],
  ])('%j is refused', async (argv, message) => {
    const { status, out, err } = await cliDouble()(argv);
    expect([status, out, err.split('\n')[0]]).toEqual([1, '', `error: ${message}`]);
  });

  it('asks for --mac where the filter needs it and nobody knows it', async () => {
    const { err } = await cliDouble()(['attach', 'nosuchdev0', '--filter', 'clean-traffic', '--param', 'IP=10.0.0.2']);
    expect(err).toBe(`error: Failed to attach clean-traffic to nosuchdev0
error: the MAC address of the guest behind nosuchdev0 could not be found out, and the filter needs it
hint: give it with --mac, or as <mac address=.../> in the binding
`);
  });

  it('need no MAC address for a filter that does not speak of it', async () => {
    const { status, out } = await cliDouble()(['attach', 'nosuchdev0', '--filter', 'allow-arp']);
    expect([status, out]).toEqual([0, 'nosuchdev0 is filtered by allow-arp\n']);
  });

  it('tell with --dry-run what they would do, and do not', async () => {
    const engine = engineDouble();
    const { out } = await cliDouble(engine)([...attachArgs, '--dry-run']);
    expect(out).toMatch(
      /^Dry run, nothing was changed\. The plan:\n {2}bind vnet0 to clean-traffic\n {2}nftables: [0-9]+ chains added, [0-9]+ sets added, [0-9]+ elements added\n\nadd table bridge guestward\n$/,
    );
    expect(engine.workspace.bindings.size).toBe(0);
  });
});

describe('status', () => {
  it('is friendly where nothing is filtered yet', async () => {
    expect((await cliDouble()(['status'])).out).toBe(`Backend      nftables: it works here
Kernel       6.1.0, nft 1.0.6
             bridge conntrack no, bridge reject yes, br_netfilter yes, drop log no
Definitions  24 filters, 0 bindings, 0 networks, in /var/lib/guestward
Rules        none: nothing is in force, and nothing of Guestward is in the kernel

No NIC is filtered yet. To begin: guestward attach DEV --filter clean-traffic --param IP=ADDRESS

There is no network yet. To begin: guestward net-new
`);
  });

  it('tells of NICs, filters and drops, the most frequent first, one line a rule', async () => {
    const drop = { family: 'bridge', chain: 'c', verdict: 'drop' } as const;
    const engine = engineDouble([
      { ...drop, comment: 'no-ip-spoofing:11', packets: 2, bytes: 120 },
      { ...drop, comment: 'no-mac-spoofing:7', packets: 5, bytes: 300 },
      { ...drop, chain: 'd', comment: 'no-ip-spoofing:11', packets: 4, bytes: 240 },
      { ...drop, comment: 'no-arp-spoofing:7', packets: 0, bytes: 0 },
      { ...drop, comment: 'clean-traffic:9', verdict: 'accept', packets: 9, bytes: 900 },
    ]);
    const cli = cliDouble(engine);
    await cli(['attach', 'nosuchdev0', '--filter', 'allow-arp']);
    const { out } = await cli(['status']);
    expect(out.split('\n\n').slice(1).join('\n\n')).toBe(` NIC          Device    Filter      MAC
-----------------------------------------
 nosuchdev0   awaited   allow-arp   -

 Filter in use   NICs
-----------------------
 allow-arp       1

 Dropped   Bytes   Rule
--------------------------------------
 6         360     no-ip-spoofing:11
 5         300     no-mac-spoofing:7

There is no network yet. To begin: guestward net-new
`);
    const json = JSON.parse((await cli(['status', '--json'])).out);
    expect(json.drops[0]).toEqual({ rule: 'no-ip-spoofing:11', packets: 6, bytes: 360 });
    expect(json.nics).toEqual([{ device: 'nosuchdev0', present: false, filter: 'allow-arp', parameters: {} }]);
  });
});

describe('what was put back while nobody looked', () => {
  const at = '2026-11-27T09:30:05.250Z';
  const healings: readonly Healing[] = [
    { what: 'devices', names: ['virbr1', 'vnet4'], at, outcome: 'healed', milliseconds: 310 },
    { what: 'dnsmasq', names: ['home'], at, outcome: 'healed', milliseconds: 41 },
    { what: 'rules', names: [], by: { pid: 4711, program: 'nft\u001b[2J' }, at, outcome: 'healed', milliseconds: 38 },
    {
      what: 'rules',
      names: [],
      by: { pid: 4712, program: 'nft' },
      at,
      outcome: 'waiting',
      losses: 5,
      until: '2026-11-27T09:30:07.250Z',
    },
    {
      what: 'devices',
      names: ['virbr1'],
      at,
      outcome: 'failed',
      message: 'ip failed',
      until: '2026-11-27T09:30:06.250Z',
    },
  ];
  const lines = [
    '2026-11-27 09:30:05  the devices virbr1, vnet4: back after 310 ms',
    '2026-11-27 09:30:05  dnsmasq of home: back after 41 ms',
    '2026-11-27 09:30:05  the rules, which nft?[2J (process 4711) had taken away: back after 38 ms',
    '2026-11-27 09:30:05  the rules, which nft (process 4712) had taken away: gone 5 times in a row, to be put back at 2026-11-27 09:30:07; until then bridges of networks are down',
    '2026-11-27 09:30:05  the device virbr1: not to be put back (ip failed), to be tried again at 2026-11-27 09:30:06; until then they are missing',
  ];

  beforeEach(() => void vi.stubEnv('TZ', 'UTC'));
  afterEach(() => void vi.unstubAllEnvs());

  it('is told by status, with who had taken it away', async () => {
    const cli = cliDouble(engineDouble([], { healings }));
    expect((await cli(['status'])).out).toContain(`\nPut back     ${lines.join('\n             ')}\n`);
    expect(JSON.parse((await cli(['status', '--json'])).out)).toMatchObject({ healings });
  });

  it('is told by doctor, the last few times', async () => {
    const cli = cliDouble(engineDouble([], { healings }));
    expect((await cli(['doctor'])).out).toContain(
      `\nPut back, or to be put back:\n  ${lines.slice(-3).join('\n  ')}\n`,
    );
  });
});

describe('restore', () => {
  it('says that the rules are there again', async () => {
    expect(await cliDouble()(['restore'])).toEqual({ status: 0, out: 'The rules are in force\n', err: '' });
  });
});

describe('nwfilter-edit', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'guestward-editor-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** An editor that runs this script on its last argument. */
  function editor(script: string): Readonly<Record<string, string>> {
    const program = join(folder, 'editor');
    writeFileSync(
      program,
      `#!${process.execPath}\nconst fs = require('node:fs');\nconst file = process.argv.at(-1);\n${script}\n`,
    );
    chmodSync(program, 0o755);
    return { EDITOR: `${program} --wait` };
  }
  const replace = (from: string, to: string): string =>
    `fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replace(${JSON.stringify(from)}, ${JSON.stringify(to)}));`;

  it('leaves a filter alone whose text stays the same', async () => {
    const engine = engineDouble();
    expect(await cliDouble(engine)(['nwfilter-edit', 'allow-arp'], editor(''))).toEqual({
      status: 0,
      out: 'Network filter allow-arp XML configuration not changed.\n\n',
      err: '',
    });
    expect(engine.workspace.generation).toBe(0);
  });

  it("defines what was written, in a file that is nobody else's and gone afterwards", async () => {
    const engine = engineDouble();
    const seen = join(folder, 'seen');
    const note = `fs.writeFileSync(${JSON.stringify(seen)}, file + ' ' + (fs.statSync(file).mode & 0o777).toString(8));`;
    const { out } = await cliDouble(engine)(['nwfilter-edit', 'allow-arp'], editor(note + replace('accept', 'drop')));
    expect(out).toBe('Network filter allow-arp XML configuration edited.\n\n');
    expect(engine.workspace.filters.get('allow-arp')?.text).toContain('drop');
    const { readFileSync } = await import('node:fs');
    const [file = '', mode] = readFileSync(seen, 'utf8').split(' ');
    expect(mode).toBe('600');
    expect(statSync(file, { throwIfNoEntry: false })).toBeUndefined();
  });

  it('shows what is wrong, and asks before it gives the text up or opens it again', async () => {
    const bad = editor(replace('accept', 'akzept'));
    const without = await cliDouble()(['nwfilter-edit', 'allow-arp'], bad);
    expect([without.status, without.err]).toEqual([1, expect.stringContaining('found: akzept')]);
    const asked = await cliDouble(engineDouble(), ['?', 'f', 'y', 'n'])(['nwfilter-edit', 'allow-arp'], bad);
    expect(asked.out.match(/Failed\. Try again\? \[y,n,f,\?\]: /g)?.length).toBe(4);
    expect(asked.err.match(/found: akzept/g)?.length).toBe(3);
    expect(asked.err).toMatch(/error: the changes were thrown away\n$/);
  });

  it('says which editor failed, or that there is none', async () => {
    expect((await cliDouble()(['nwfilter-edit', 'allow-arp'], editor('process.exit(3);'))).err).toMatch(
      /^error: the editor .*\/editor failed: it ended with status 3\n/,
    );
    expect((await cliDouble()(['nwfilter-edit', 'allow-arp'], { EDITOR: 'nope', PATH: '/usr/bin' })).err).toMatch(
      /^error: no editor was found\n/,
    );
  });
});
