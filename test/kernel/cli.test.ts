import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadBaseFrames } from '../conformance/recorded-cases.ts';
import { addPort, type Bench, createBench } from './rig/bench.ts';
import { endKeeper } from './rig/end-keeper.ts';
import { keeperListens } from './rig/keeper-listens.ts';
import { runTool } from './rig/run-tool.ts';
import type { Tap } from './rig/tap.ts';

const program = fileURLToPath(new URL('../../build/dist/cli.mjs', import.meta.url));
const guestMac = '52:54:00:56:44:32';
const guestIp = 'IP=10.33.8.131';

interface Ran {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

describe('the command line', () => {
  let bench: Bench;
  let folder: string;
  let more: Tap[] = [];

  beforeEach(() => {
    bench = createBench();
    folder = mkdtempSync(join(tmpdir(), 'guestward-cli-kernel-'));
  });

  afterEach(() => {
    for (const tap of more) tap.close();
    more = [];
    bench.destroy();
    endKeeper(join(folder, 'run'));
    rmSync(folder, { recursive: true });
  });

  /** Runs the command in the bench's namespace, with state of its own. */
  function cli(...args: readonly string[]): Ran {
    const env = {
      PATH: '/usr/sbin:/usr/bin',
      GUESTWARD_STATE_DIR: join(folder, 'state'),
      GUESTWARD_RUN_DIR: join(folder, 'run'),
    };
    const done = bench.namespace.run(() =>
      spawnSync(process.execPath, [program, ...args], { env, encoding: 'utf8', shell: false }),
    );
    return { status: done.status, out: done.stdout, err: done.stderr };
  }

  function write(name: string, text: string): string {
    const file = join(folder, name);
    writeFileSync(file, text);
    return file;
  }

  const attach = (device: string, ...args: readonly string[]): Ran =>
    cli('attach', device, '--filter', 'clean-traffic', '--mac', guestMac, '--param', guestIp, ...args);

  const rules = (): string => bench.namespace.run(() => runTool('/usr/sbin/nft', ['--stateless', 'list', 'ruleset']));

  async function until(isSo: () => boolean): Promise<void> {
    for (let tries = 0; tries < 800 && !isSo(); tries += 1) await setTimeout(25);
    expect(isSo()).toBe(true);
  }

  function verdict(note: string): string {
    const frame = loadBaseFrames().find((each) => each.note === note && each.dir === 'out');
    if (frame === undefined) throw new Error(`There is no recorded frame "${note}".`);
    return bench.verdict(frame);
  }

  it('attaches a filter that holds, counts what it drops, and detaches it again', () => {
    expect(attach('vnet0')).toEqual({
      status: 0,
      out: `vnet0 is filtered by clean-traffic (MAC ${guestMac})\n`,
      err: '',
    });
    expect([verdict('tcp plain'), verdict('tcp ip lie'), verdict('tcp mac lie')]).toEqual(['P', 'D', 'D']);

    const status = JSON.parse(cli('status', '--json').out);
    expect(status).toMatchObject({
      backend: { name: 'nftables' },
      force: 'current',
      nics: [
        { device: 'vnet0', present: true, filter: 'clean-traffic', mac: guestMac, parameters: { IP: ['10.33.8.131'] } },
      ],
    });
    expect(
      status.drops.map(({ rule, packets }: { rule: string; packets: number }) => `${rule} ${packets}`).sort(),
    ).toEqual(['no-ip-spoofing:11 1', 'no-mac-spoofing:7 1']);

    expect(cli('detach', 'vnet0')).toEqual({ status: 0, out: 'vnet0 is open\n', err: '' });
    expect([verdict('tcp plain'), verdict('tcp ip lie')]).toEqual(['P', 'P']);
  });

  it('leaves nothing in the kernel when the last NIC is open again, and says that nothing is in force', () => {
    const before = rules();
    attach('vnet0');
    expect(rules()).not.toBe(before);
    cli('detach', 'vnet0');
    expect(rules()).toBe(before);
    expect(JSON.parse(cli('status', '--json').out)).toMatchObject({ force: 'empty' });
    cli('nwfilter-define', write('idle.xml', "<filter name='idle'/>"));
    expect(rules()).toBe(before);
    expect(cli('nwfilter-list').out).toContain('idle');
  });

  it('traces the verdict that the kernel gives', () => {
    attach('vnet0');
    for (const note of ['tcp plain', 'tcp ip lie', 'arp ip lie', 'dhcp discover', 'ethertype 0x88cc']) {
      const hex = loadBaseFrames().find((each) => each.note === note && each.dir === 'out')?.hex ?? '';
      const traced = JSON.parse(cli('trace', 'vnet0', '--frame', hex, '--json').out).verdict;
      expect(`${note} ${traced === 'accept' ? 'P' : 'D'}`).toBe(`${note} ${verdict(note)}`);
    }
  });

  it('defines, lists, prints and undefines a filter, and not one that is in use', () => {
    const text =
      "<filter name='web' chain='ipv4'>\n  <!-- mine -->\n  <rule action='drop' direction='out'><ip dstportstart='80' protocol='tcp'/></rule>\n</filter>\n";
    const file = write('web.xml', text);
    expect(cli('nwfilter-define', file)).toEqual({
      status: 0,
      out: `Network filter web defined from ${file}\n\n`,
      err: '',
    });
    expect(cli('nwfilter-list').out).toMatch(/^ [0-9a-f-]{36} {3}web$/m);
    expect(cli('nwfilter-dumpxml', 'web').out).toMatch(
      /^<filter name='web' chain='ipv4' priority='-700'>\n {2}<uuid>[0-9a-f-]{36}<\/uuid>\n {2}<rule action='drop' direction='out' priority='500'>/,
    );
    expect(cli('nwfilter-dumpxml', 'web', '--source').out).toContain('<!-- mine -->');
    expect(cli('attach', 'vnet0', '--filter', 'web').status).toBe(0);
    expect([verdict('tcp to 80'), verdict('tcp to 443')]).toEqual(['D', 'P']);
    expect(cli('nwfilter-undefine', 'web').err).toContain('nwfilter is in use\nhint: web is used by vnet0');
    expect(verdict('tcp to 80')).toBe('D');
    expect(cli('detach', 'vnet0').status).toBe(0);
    expect(cli('nwfilter-undefine', 'web')).toEqual({ status: 0, out: 'Network filter web undefined\n\n', err: '' });
    expect(cli('nwfilter-dumpxml', 'web').status).toBe(1);
  });

  it('changes every NIC when its filter is redefined, or none and names those that cannot', () => {
    const filter = (attribute: string) =>
      `<filter name='web' chain='ipv4'><rule action='drop' direction='out'><ip protocol='tcp' ${attribute}/></rule></filter>`;
    const file = write('web.xml', filter("dstportstart='80'"));
    cli('nwfilter-define', file);
    more = [bench.namespace.run(() => addPort('vnet2'))];
    const nics = [
      { device: 'vnet0', filter: 'web', parameters: { PORT: '443' } },
      { device: 'vnet2', filter: 'web' },
    ];
    const list = write('nics.json', JSON.stringify(nics));
    expect(cli('nwfilter-binding-create', '--from', list).out).toBe(
      `Network filter binding on vnet0 created from ${list}\nNetwork filter binding on vnet2 created from ${list}\n\n`,
    );
    expect([verdict('tcp to 80'), verdict('tcp to 443')]).toEqual(['D', 'P']);

    const before = rules();
    write('web.xml', filter("dstportstart='$PORT'"));
    const refused = cli('nwfilter-define', file);
    expect([refused.status, refused.err]).toEqual([
      1,
      expect.stringContaining('error: vnet2 cannot be filtered so; nothing was changed'),
    ]);
    expect(refused.err).toContain(`${file}:1:`);
    expect(rules()).toBe(before);
    expect([verdict('tcp to 80'), verdict('tcp to 443')]).toEqual(['D', 'P']);

    write('web.xml', filter("dstportstart='443'"));
    expect(cli('nwfilter-define', file).status).toBe(0);
    expect([verdict('tcp to 80'), verdict('tcp to 443')]).toEqual(['P', 'D']);
  });

  it('tells with --dry-run the plan and the text for nft, and changes nothing', () => {
    const before = rules();
    const { status, out } = attach('vnet0', '--dry-run');
    expect(status).toBe(0);
    expect(out).toMatch(/^Dry run, nothing was changed\. The plan:\n {2}bind vnet0 to clean-traffic\n {2}nftables: /);
    expect(out).toMatch(/^add table bridge guestward$/m);
    expect(rules()).toBe(before);
    expect(cli('nwfilter-binding-list').out).toBe(' Port Dev   Filter\n--------------------\n\n');
  });

  it('restores what a flush has taken while nobody looked after it', () => {
    attach('vnet0');
    const before = rules();
    endKeeper(join(folder, 'run'));
    bench.namespace.run(() => runTool('/usr/sbin/nft', ['flush', 'ruleset']));
    expect(cli('status').out).toContain(
      'Rules        lost: the kernel no longer has them; guestward restore brings them back',
    );
    expect(cli('restore')).toEqual({ status: 0, out: 'The rules are in force\n', err: '' });
    expect(rules()).toBe(before);
    expect(verdict('tcp ip lie')).toBe('D');
  });

  it('is not without its rules for long after a flush, and says who it was', async () => {
    attach('vnet0');
    const before = rules();
    expect([verdict('tcp plain'), verdict('tcp ip lie')]).toEqual(['P', 'D']);
    await until(() => keeperListens(bench.namespace, join(folder, 'run')));
    bench.namespace.run(() => runTool('/usr/sbin/nft', ['flush', 'ruleset']));
    await until(() => verdict('tcp ip lie') === 'D');
    expect([verdict('tcp plain'), verdict('tcp ip lie')]).toEqual(['P', 'D']);
    expect(rules()).toBe(before);
    expect(cli('status').out).toMatch(
      /^Put back .* the rules, which nft \(process [0-9]+\) had taken away: back after [0-9]+ ms$/m,
    );
  });

  it('lets the rules of a TAP that does not exist yet wait for it', () => {
    expect(attach('vnet7').status).toBe(0);
    expect(cli('status').out).toMatch(/^ vnet7 {3}awaited {3}clean-traffic {3}52:54:00:56:44:32$/m);
    more = [bench.namespace.run(() => addPort('vnet7'))];
    const frame = loadBaseFrames().find(({ note, dir }) => note === 'tcp ip lie' && dir === 'out');
    more[0]?.write(Buffer.from(frame?.hex ?? '', 'hex'));
    expect(cli('status', '--json').out).toContain('"rule": "no-ip-spoofing:11"');
  });

  it('finds the MAC address that the bridge has learnt, and says whence', () => {
    bench.namespace.run(() =>
      runTool('/usr/sbin/ip', ['link', 'set', 'vnet0', 'type', 'bridge_slave', 'learning', 'on']),
    );
    verdict('tcp plain');
    expect(cli('attach', 'vnet0', '--filter', 'clean-traffic', '--param', guestIp).out).toBe(
      `vnet0 is filtered by clean-traffic (MAC ${guestMac}, from what its bridge has learnt)\n`,
    );
  });
});
