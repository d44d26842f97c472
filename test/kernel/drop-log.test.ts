import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildFrame } from '../../main/compiler/evaluate/build-frame.ts';
import { findServiceUser } from '../../main/helper/service-user.ts';
import { loadBaseFrames } from '../conformance/recorded-cases.ts';
import { type Bench, createBench } from './rig/bench.ts';
import { endKeeper } from './rig/end-keeper.ts';
import { keeperListens } from './rig/keeper-listens.ts';
import { runTool } from './rig/run-tool.ts';
import { waitFor } from './rig/wait-for.ts';

const program = fileURLToPath(new URL('../../build/dist/cli.mjs', import.meta.url));
const guestMac = '52:54:00:56:44:32';

/** A line of `guestward log --json`. */
interface Line {
  readonly name: string;
  readonly device?: string;
  readonly direction?: string;
  readonly summary?: string;
  readonly frame?: string;
  readonly mac?: string;
  readonly rule?: { readonly filter: string; readonly line: number };
  readonly network?: string;
  readonly untold?: number;
  /** Of `guestward watch --json`. */
  readonly what?: string;
}

interface Log {
  readonly lines: readonly Line[];
  readonly words: string;
  end(): Promise<void>;
}

function recorded(dir: 'in' | 'out', note: string): string {
  const frame = loadBaseFrames().find((each) => each.note === note && each.dir === dir);
  if (frame === undefined) throw new Error(`There is no recorded frame "${note}".`);
  return frame.hex;
}

/** tcpdump does not run as root, and in a user namespace of a developer's there may be nobody else. */
const user = findServiceUser('tcpdump');

const whereItRuns = it.runIf(user !== null);

describe('the drop log', () => {
  let bench: Bench;
  let folder: string;
  let logs: Log[] = [];

  beforeEach(() => {
    bench = createBench();
    folder = mkdtempSync(join(tmpdir(), 'guestward-drop-log-'));
    // As /run is: dnsmasq's user must come through it.
    chmodSync(folder, 0o711);
  });

  afterEach(async () => {
    await Promise.all(logs.map((log) => log.end()));
    logs = [];
    bench.destroy();
    endKeeper(join(folder, 'run'));
    rmSync(folder, { recursive: true });
  });

  const env = () => ({
    PATH: '/usr/sbin:/usr/bin',
    GUESTWARD_STATE_DIR: join(folder, 'state'),
    GUESTWARD_RUN_DIR: join(folder, 'run'),
  });

  function cli(...args: readonly string[]): string {
    const done = bench.namespace.run(() =>
      spawnSync(process.execPath, [program, ...args], { env: env(), encoding: 'utf8', shell: false }),
    );
    expect([done.status, done.stderr]).toEqual([0, '']);
    return done.stdout;
  }

  function start(...args: readonly string[]): Log {
    const child: ChildProcess = bench.namespace.run(() =>
      spawn(process.execPath, [program, ...args, '--json'], { env: env(), shell: false }),
    );
    let text = '';
    let words = '';
    child.stdout?.setEncoding('utf8').on('data', (more: string) => (text += more));
    child.stderr?.setEncoding('utf8').on('data', (more: string) => (words += more));
    const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
    const log: Log = {
      get lines() {
        return text
          .split('\n')
          .slice(0, -1)
          .map((line) => JSON.parse(line) as Line);
      },
      get words() {
        return words;
      },
      async end() {
        child.kill('SIGINT');
        await ended;
      },
    };
    logs.push(log);
    return log;
  }

  /** Begins to follow, and waits until the kernel has a reader. */
  async function follow(...args: readonly string[]): Promise<Log> {
    const before = readers();
    const log = start('log', ...args);
    await waitFor(() => readers() > before || log.words !== '');
    return log;
  }

  /** Who reads the log, by process: the kernel lists group and port id, which libpcap leaves to the kernel. */
  const readerPids = (): readonly number[] =>
    bench.namespace
      .run(() => runTool('/usr/bin/cat', ['/proc/self/net/netfilter/nfnetlink_log']))
      .split('\n')
      .flatMap((line) => (line === '' ? [] : [Number(line.trim().split(/\s+/)[1])]));
  const readers = (): number => readerPids().length;

  const bridgeOf = (network: string): string =>
    (JSON.parse(cli('net-info', network, '--json')) as { readonly bridge: string }).bridge;

  function macOf(device: string): bigint {
    const [link] = JSON.parse(
      bench.namespace.run(() => runTool('/usr/sbin/ip', ['-json', 'link', 'show', device])),
    ) as readonly { readonly address: string }[];
    return BigInt(`0x${(link?.address ?? '').replaceAll(':', '')}`);
  }

  function define(name: string, rules: string): void {
    const file = join(folder, `${name}.xml`);
    writeFileSync(file, `<filter name='${name}'>\n${rules}\n</filter>\n`);
    cli('nwfilter-define', file);
  }

  const attach = (filter: string) =>
    cli('attach', 'vnet0', '--filter', filter, '--mac', guestMac, '--param', 'IP=10.33.8.131');

  whereItRuns(
    'tells of a frame that a filter drops: whose, which way, by which line, and the frame itself; and of none that passes',
    async () => {
      attach('clean-traffic');
      const log = await follow();
      const lie = recorded('out', 'tcp ip lie');
      expect(bench.verdict({ dir: 'out', hex: recorded('out', 'tcp plain') })).toBe('P');
      expect(bench.verdict({ dir: 'out', hex: lie })).toBe('D');
      await waitFor(() => log.lines.length > 0);
      expect(log.lines).toEqual([
        expect.objectContaining({
          name: 'no-ip-spoofing:11',
          rule: { filter: 'no-ip-spoofing', file: 'filters/no-ip-spoofing.xml', line: 11 },
          device: 'vnet0',
          direction: 'out',
          mac: guestMac,
          frame: lie,
        }),
      ]);
      const traced = cli('trace', 'vnet0', '--direction', 'out', '--frame', log.lines[0]?.frame ?? '', '--json');
      expect(JSON.parse(traced)).toMatchObject({ verdict: 'drop', decidedBy: { filter: 'no-ip-spoofing', line: 11 } });
    },
  );

  whereItRuns.each([
    ['what a guest is sent, by a rule on frames', 'in', "<rule action='drop' direction='in'><mac/></rule>"],
    ['what a guest sends, by a rule on packets', 'out', "<rule action='drop' direction='out'><tcp/></rule>"],
    ['what a guest is sent, by a rule on packets', 'in', "<rule action='drop' direction='in'><tcp/></rule>"],
    ['what is rejected', 'out', "<rule action='reject' direction='out'><tcp/></rule>"],
  ] as const)('tells of %s', async (_, direction, rule) => {
    define('strict', rule);
    attach('strict');
    const log = await follow('vnet0');
    const frame = recorded(direction, 'tcp plain');
    expect(bench.verdict({ dir: direction, hex: frame })).toBe('D');
    await waitFor(() => log.lines.length > 0);
    expect(log.lines[0]).toMatchObject({ name: 'strict:2', device: 'vnet0', direction, frame });
  });

  whereItRuns('puts the VLAN tag back that the kernel keeps apart', async () => {
    define('untagged', "<rule action='drop' direction='out'><vlan/></rule>");
    attach('untagged');
    const log = await follow();
    const frame = `ffffffffffff${guestMac.replaceAll(':', '')}8100000588b5${'41'.repeat(46)}`;
    expect(bench.verdict({ dir: 'out', hex: frame })).toBe('D');
    await waitFor(() => log.lines.length > 0);
    expect(log.lines[0]).toMatchObject({ name: 'untagged:2', frame });
  });

  whereItRuns("tells of what a network's own rules drop, by the network and the guest's port", async () => {
    cli('net-new', 'home', '--subnet', '10.66.0.0/24');
    const bridge = bridgeOf('home');
    bench.namespace.run(() => runTool('/usr/sbin/ip', ['link', 'set', 'vnet0', 'master', bridge]));
    const log = await follow();
    const frame = buildFrame({
      sourceMac: 0x525400564432n,
      destinationMac: macOf(bridge),
      content: {
        ...{ protocol: 'udp', family: 'ipv4', source: 0xc6336401n, destination: 0x0a420001n },
        ...{ sourcePort: 1000, destinationPort: 2000 },
      },
    });
    bench.guest.write(frame);
    const seen = () => log.lines.find(({ summary }) => summary === 'udp 198.51.100.1:1000 > 10.66.0.1:2000');
    await waitFor(() => seen() !== undefined);
    expect(seen()).toMatchObject({ name: 'net:home:source', network: 'home', direction: 'out', device: 'vnet0' });
    cli('net-destroy', 'home');
  });

  whereItRuns('tells of some packets of a flood, counts all, and says how many there were beside', async () => {
    attach('clean-traffic');
    const log = await follow();
    const lie = Buffer.from(recorded('out', 'tcp ip lie'), 'hex');
    for (let sent = 0; sent < 10_000; sent += 1) bench.guest.write(lie);
    const untold = () => log.lines.reduce((sum, line) => sum + (line.untold ?? 0), 0);
    await waitFor(() => untold() > 0);
    const told = log.lines.filter(({ frame }) => frame !== undefined).length;
    expect(told).toBeLessThan(200);
    expect(told + untold()).toBe(10_000);
    const { drops } = JSON.parse(cli('status', '--json')) as { drops: readonly unknown[] };
    expect(drops).toEqual([expect.objectContaining({ rule: 'no-ip-spoofing:11', packets: 10_000 })]);
  });

  whereItRuns('has several readers at once, none of them root, and refuses one more in words', async () => {
    attach('clean-traffic');
    const four = [await follow(), await follow(), await follow(), await follow()];
    const fifth = await follow();
    await waitFor(() => fifth.words !== '');
    expect(fifth.words).toContain('The drop log is read by as many as can read it at once');
    expect(bench.verdict({ dir: 'out', hex: recorded('out', 'tcp ip lie') })).toBe('D');
    await waitFor(() => four.every(({ lines }) => lines.length === 1));
    for (const pid of readerPids()) expect(statSync(`/proc/${pid}`).uid).toBe(user?.uid);
    await four[0]?.end();
    await waitFor(() => readers() === 3);
  });

  it('is told of in sum by watch, among changes, links and what was put back', async () => {
    attach('clean-traffic');
    await waitFor(() => keeperListens(bench.namespace, join(folder, 'run')));
    const watch = start('watch');
    const told = (what: string) => watch.lines.filter((line) => line.what === what);
    const link = (...args: readonly string[]) =>
      bench.namespace.run(() => runTool('/usr/sbin/ip', ['link', 'set', ...args]));
    // It tells of nothing that was before its first look, and looks once a second: what is otherwise for less than that can be missed each time.
    for (let up = false; told('link').length === 0; up = !up) {
      link('vnet1', up ? 'up' : 'down');
      await setTimeout(1500);
    }
    link('vnet1', 'up');
    cli('attach', 'vnet1', '--filter', 'clean-traffic', '--mac', '52:54:00:00:00:09', '--param', 'IP=10.33.0.9');
    await waitFor(() => told('change').length > 0);
    expect(told('change')).toMatchObject([{ through: 'command line', kind: 'change' }]);
    bench.guest.write(Buffer.from(recorded('out', 'tcp ip lie'), 'hex'));
    await waitFor(() => told('drops').length > 0);
    expect(told('drops')[0]).toMatchObject({ packets: 1, rules: [{ name: 'no-ip-spoofing:11', packets: 1 }] });
    bench.namespace.run(() => runTool('/usr/sbin/nft', ['flush', 'ruleset']));
    await waitFor(() => told('healing').length > 0);
    expect(told('healing')[0]).toMatchObject({ healing: { what: 'rules', by: { program: 'nft' } } });
  });

  it.runIf(user === null)('is refused in words where tcpdump cannot run', async () => {
    attach('clean-traffic');
    const log = await follow();
    expect(log.words).toContain('this user namespace has no other user');
  });
});
