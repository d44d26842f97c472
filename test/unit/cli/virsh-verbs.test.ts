import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engineDouble, fixedUuid } from './engine-double.ts';
import { cliDouble } from './run-cli.ts';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'guestward-cli-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function write(name: string, text: string): string {
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

const arpFilter = (name: string, inside = '') =>
  `<filter name='${name}' chain='arp'>${inside}<rule action='drop' direction='out' priority='7'><arp opcode='1'/></rule></filter>`;
const binding = (device: string, filter: string, more = '') =>
  `<filterbinding><portdev name='${device}'/><mac address='52:54:00:56:44:32'/><filterref filter='${filter}'>${more}</filterref></filterbinding>`;

describe('nwfilter-define', () => {
  it("defines a filter and says so in virsh's words", async () => {
    const file = write('a.xml', arpFilter('ex-a'));
    expect(await cliDouble()(['nwfilter-define', file])).toEqual({
      status: 0,
      out: `Network filter ex-a defined from ${file}\n\n`,
      err: '',
    });
  });

  it('takes several files and a list of files as one change', async () => {
    const engine = engineDouble();
    const [a, b] = [write('a.xml', arpFilter('ex-a')), write('b.xml', arpFilter('ex-b'))];
    write('c.xml', arpFilter('ex-c'));
    const list = write('list.json', '["c.xml"]');
    // Every new filter gets the double's one uuid, so they bring their own.
    const withUuid = (digit: string) => `<uuid>11111111-2222-4333-8444-00000000000${digit}</uuid>`;
    for (const [digit, name] of ['a', 'b', 'c'].entries()) {
      write(`${name}.xml`, arpFilter(`ex-${name}`, withUuid(String(digit))));
    }
    const ran = await cliDouble(engine)(['nwfilter-define', a, b, '--from', list, '--validate']);
    expect(ran.out).toMatch(
      /^Network filter ex-a .*\nNetwork filter ex-b .*\nNetwork filter ex-c defined from .*\/c\.xml\n\n$/,
    );
    expect(engine.workspace.generation).toBe(1);
  });

  it('prints every finding with its line, and changes nothing', async () => {
    const engine = engineDouble();
    const file = write('bad.xml', "<filter name='ex-b'>\n  <rule action='dorp' direction='out'/>\n</filter>\n");
    expect(await cliDouble(engine)(['nwfilter-define', file])).toEqual({
      status: 1,
      out: '\n',
      err: `error: Failed to define network filter from ${file}
${file}:2:17: error: action of <rule> has a value that it cannot have. [bad-value]
 2 |   <rule action='dorp' direction='out'/>
   |                 ^^^^
   = filter: ex-b
   = found: dorp
   = expected: accept, drop, reject, return, continue
`,
    });
    expect(engine.workspace.generation).toBe(0);
  });

  it('prints warnings on standard error, and goes on', async () => {
    const file = write('warn.xml', arpFilter('ex-w', '<colour/>'));
    const { status, out, err } = await cliDouble()(['nwfilter-define', file]);
    expect([status, out]).toEqual([0, `Network filter ex-w defined from ${file}\n\n`]);
    expect(err).toContain('warning: <filter> has no <colour>');
  });

  it('names both uuids where they differ', async () => {
    const cli = cliDouble();
    const file = write('a.xml', arpFilter('ex-a'));
    await cli(['nwfilter-define', file]);
    write('a.xml', arpFilter('ex-a', '<uuid>99999999-2222-4333-8444-555555555555</uuid>'));
    expect((await cli(['nwfilter-define', file])).err).toBe(
      `error: Failed to define network filter from ${file}
error: operation failed: filter 'ex-a' already exists with uuid ${fixedUuid}
hint: the file says 99999999-2222-4333-8444-555555555555; write the stored uuid, or none, to redefine the filter
`,
    );
  });

  it.each([
    [['/nonexistent.xml'], '\n', "error: Failed to open file '/nonexistent.xml': No such file or directory\n"],
    [['/'], '\n', "error: Failed to open file '/': Illegal operation on a directory\n"],
    [[], '', "error: command 'nwfilter-define' requires <file> option\n"],
    [['--bogus'], '', "error: command 'nwfilter-define' doesn't support option --bogus\n"],
    [['a', '--from'], '', 'error: option --from needs a value\n'],
  ])('fails on %j as virsh does', async (args, out, err) => {
    expect(await cliDouble()(['nwfilter-define', ...args])).toEqual({ status: 1, out, err });
  });
});

describe('nwfilter-list', () => {
  it('lists by name, in a table as wide as its longest name', async () => {
    const { out } = await cliDouble()(['nwfilter-list']);
    const lines = out.split('\n');
    expect(lines.slice(0, 3)).toEqual([
      ' UUID                                   Name',
      '-----------------------------------------------------------------',
      ' 32669549-e5a1-4943-a2ea-af3a724f86ae   allow-arp',
    ]);
    expect(lines.at(-3)).toMatch(/^ [0-9a-f-]{36} {3}qemu-announce-self-rarp$/);
    expect(lines.slice(-2)).toEqual(['', '']);
  });

  it('leaves heading and empty line out with -q, and is data with --json', async () => {
    const { out } = await cliDouble()(['-q', 'nwfilter-list']);
    expect(out).toMatch(/^ 32669549-e5a1-4943-a2ea-af3a724f86ae {3}allow-arp\n/);
    expect(out).toMatch(/qemu-announce-self-rarp\n$/);
    expect(JSON.parse((await cliDouble()(['nwfilter-list', '--json'])).out)[0]).toEqual({
      name: 'allow-arp',
      uuid: '32669549-e5a1-4943-a2ea-af3a724f86ae',
      stock: true,
    });
  });
});

describe('nwfilter-dumpxml', () => {
  it.each([[['ex-a']], [['--nwfilter', 'ex-a']], [[fixedUuid]]])('prints %j in the one form', async (args) => {
    const cli = cliDouble();
    await cli(['nwfilter-define', write('a.xml', arpFilter('ex-a'))]);
    expect((await cli(['nwfilter-dumpxml', ...args])).out).toBe(`<filter name='ex-a' chain='arp' priority='-500'>
  <uuid>${fixedUuid}</uuid>
  <rule action='drop' direction='out' priority='7'>
    <arp opcode='Request'/>
  </rule>
</filter>

`);
  });

  it('prints with --source what was written', async () => {
    const { out } = await cliDouble()(['nwfilter-dumpxml', 'allow-arp', '--source']);
    expect(out).toMatch(/^<!-- /);
  });

  it('fails on a name that no filter has', async () => {
    expect(await cliDouble()(['nwfilter-dumpxml', 'nope'])).toEqual({
      status: 1,
      out: '\n',
      err: `error: failed to get nwfilter 'nope'
error: Network filter not found: no nwfilter with matching name 'nope'
hint: guestward nwfilter-list shows the filters that there are
`,
    });
  });
});

describe('nwfilter-undefine', () => {
  it('undefines by name and by uuid, and not what is in use', async () => {
    const cli = cliDouble();
    await cli(['nwfilter-define', write('a.xml', arpFilter('ex-a'))]);
    await cli(['nwfilter-binding-create', write('b.xml', binding('vnet0', 'ex-a'))]);
    expect((await cli(['nwfilter-undefine', 'ex-a'])).err).toBe(`error: Failed to undefine network filter ex-a
error: Requested operation is not valid: nwfilter is in use
hint: ex-a is used by vnet0; detach or change it first
`);
    await cli(['nwfilter-binding-delete', 'vnet0']);
    expect((await cli(['nwfilter-undefine', fixedUuid])).out).toBe(`Network filter ${fixedUuid} undefined\n\n`);
    expect((await cli(['nwfilter-undefine', 'ex-a'])).err).toMatch(/^error: failed to get nwfilter 'ex-a'\n/);
  });
});

describe('nwfilter-binding-create, -list, -dumpxml and -delete', () => {
  const heading = ' Port Dev   Filter\n--------------------\n\n';

  it("go through the life of a binding in virsh's words", async () => {
    const cli = cliDouble();
    const file = write('b.xml', binding('vnet0', 'clean-traffic', "<parameter name='IP' value='10.0.0.2'/>"));
    expect((await cli(['nwfilter-binding-list'])).out).toBe(heading);
    expect((await cli(['nwfilter-binding-create', file])).out).toBe(
      `Network filter binding on vnet0 created from ${file}\n\n`,
    );
    expect((await cli(['nwfilter-binding-list'])).out).toBe(
      ' Port Dev   Filter\n---------------------------\n vnet0      clean-traffic\n\n',
    );
    expect((await cli(['nwfilter-binding-dumpxml', 'vnet0'])).out).toContain("<portdev name='vnet0'/>");
    expect((await cli(['nwfilter-binding-create', file])).err).toBe(`error: Failed to create network filter from ${file}
error: operation failed: binding 'vnet0' already exists
hint: it is bound to clean-traffic; delete that binding first, or use attach with --replace
`);
    expect((await cli(['nwfilter-binding-delete', '--binding', 'vnet0'])).out).toBe(
      'Network filter binding on vnet0 deleted\n\n',
    );
    expect((await cli(['nwfilter-binding-list'])).out).toBe(heading);
    expect((await cli(['nwfilter-binding-delete', 'vnet0'])).err).toMatch(
      /^error: failed to get nwfilter binding 'vnet0'\nerror: Network filter binding not found: no nwfilter binding for port dev 'vnet0'\n/,
    );
  });

  it('make one change of a list', async () => {
    const engine = engineDouble();
    const nics = ['vnet1', 'vnet0'].map((device, at) => ({
      device,
      filter: 'clean-traffic',
      mac: `52:54:00:00:00:0${at}`,
      parameters: { IP: `10.0.0.${at}` },
    }));
    const list = write('nics.json', JSON.stringify(nics));
    const { status, out } = await cliDouble(engine)(['nwfilter-binding-create', '--from', list, '--json']);
    expect([status, JSON.parse(out).created.map(({ device }: { device: string }) => device)]).toEqual([
      0,
      ['vnet1', 'vnet0'],
    ]);
    expect(engine.workspace.generation).toBe(1);
  });

  it('refuse a list whose entries are none, with their places', async () => {
    const list = write('nics.json', '[\n {"device": "vnet0"}\n]');
    expect(await cliDouble()(['nwfilter-binding-create', '--from', list])).toEqual({
      status: 1,
      out: '\n',
      err: `error: Failed to create network filter from ${list}
${list}:2:2: error: Entry 1 is not a binding: filter: expected the name of a filter. [bad-binding]
 2 |  {"device": "vnet0"}
   |  ^
`,
    });
  });
});

describe('the command line', () => {
  it.each([
    [
      ['nwfilter-frobnicate'],
      "error: unknown command: 'nwfilter-frobnicate'\nhint: guestward --help lists the verbs\n",
    ],
    [['nwfilter-lsit'], "error: unknown command: 'nwfilter-lsit'\nhint: did you mean nwfilter-list?\n"],
    [['nwfilter-list', 'junk'], "error: unexpected data 'junk'\n"],
    [['nwfilter-list', '--name'], "error: command 'nwfilter-list' doesn't support option --name\n"],
    [['nwfilter-dumpxml'], "error: command 'nwfilter-dumpxml' requires <nwfilter> option\n"],
    [['nwfilter-dumpxml', 'a', 'b'], "error: unexpected data 'b'\n"],
    [['nwfilter-dumpxml', '--nwfilter', 'a', 'b'], "error: unexpected data 'b'\n"],
    [['--frob'], "error: unsupported option '--frob'\n"],
  ])('%j is refused as by virsh', async (argv, err) => {
    expect(await cliDouble()(argv)).toEqual({ status: 1, out: '', err });
  });

  it("takes virsh's options that come before the verb", async () => {
    expect((await cliDouble()(['-c', 'qemu:///system', '-q', 'nwfilter-binding-list'])).out).toBe('');
  });

  it.each([[[]], [['--help']], [['help']]])('%j prints the verbs', async (argv) => {
    const { status, out } = await cliDouble()(argv);
    expect([status, out]).toEqual([
      0,
      expect.stringMatching(/ {4}nwfilter-define {11}define or update a network filter/),
    ]);
  });

  it.each([[['nwfilter-list', '--help']], [['help', 'nwfilter-list']]])(
    '%j prints the help of the verb',
    async (argv) => {
      expect(await cliDouble()(argv)).toEqual({
        status: 0,
        err: '',
        out: `  NAME
    nwfilter-list - list network filters

  SYNOPSIS
    nwfilter-list [--json]

  DESCRIPTION
    Returns list of network filters.

  OPTIONS
    --json  print the answer as JSON
    --help  print help for this verb
`,
      });
    },
  );

  it('says failures as data too with --json', async () => {
    const { status, out, err } = await cliDouble()(['nwfilter-dumpxml', 'nope', '--json']);
    expect([status, err]).toEqual([1, expect.stringContaining("failed to get nwfilter 'nope'")]);
    expect(JSON.parse(out).error).toMatchObject({ kind: 'filter-not-found', name: 'nope' });
  });

  it('closes the engine, whatever came of it', async () => {
    const engine = engineDouble();
    const cli = cliDouble(engine);
    await cli(['nwfilter-list']);
    await cli(['nwfilter-dumpxml', 'nope']);
    expect(engine.closed).toBe(2);
  });
});
