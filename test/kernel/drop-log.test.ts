import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { findServiceUser } from '../../main/helper/service-user.ts';
import { loadBaseFrames } from '../conformance/recorded-cases.ts';
import { type Bench, createBench } from './rig/bench.ts';
import { endKeeper } from './rig/end-keeper.ts';
import { runTool } from './rig/run-tool.ts';
import { waitFor } from './rig/wait-for.ts';

const bundle = fileURLToPath(new URL('../../build/bundle.ts', import.meta.url));
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

describe('the drop log', () => {
  let bench: Bench;
  let folder: string;
  let logs: Log[] = [];

  beforeAll(() => {
    runTool(process.execPath, [bundle, '--if-stale']);
  });

  beforeEach(() => {
    bench = createBench();
    folder = mkdtempSync(join(tmpdir(), 'guestward-drop-log-'));
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

  /** Begins to follow, and waits until the kernel has a reader. */
  async function follow(...args: readonly string[]): Promise<Log> {
    const before = readers();
    const child: ChildProcess = bench.namespace.run(() =>
      spawn(process.execPath, [program, 'log', '--json', ...args], { env: env(), shell: false }),
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
    await waitFor(() => readers() > before || words !== '');
    return log;
  }

  /** Who reads the log, by process: the kernel lists group and port id, which libpcap leaves to the kernel. */
  const readerPids = (): readonly number[] =>
    bench.namespace
      .run(() => runTool('/usr/bin/cat', ['/proc/self/net/netfilter/nfnetlink_log']))
      .split('\n')
      .flatMap((line) => (line === '' ? [] : [Number(line.trim().split(/\s+/)[1])]));
  const readers = (): number => readerPids().length;

  function define(name: string, rules: string): void {
    const file = join(folder, `${name}.xml`);
    writeFileSync(file, `<filter name='${name}'>\n${rules}\n</filter>\n`);
    cli('nwfilter-define', file);
  }

  const attach = (filter: string) =>
    cli('attach', 'vnet0', '--filter', filter, '--mac', guestMac, '--param', 'IP=10.33.8.131');

  it('tells of a frame that a filter drops: whose, which way, by which line, and the frame itself; and of none that passes', async () => {
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
  });

  it.each([
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

  it('puts the VLAN tag back that the kernel keeps apart', async () => {
    define('untagged', "<rule action='drop' direction='out'><vlan/></rule>");
    attach('untagged');
    const log = await follow();
    const frame = `ffffffffffff${guestMac.replaceAll(':', '')}8100000588b5${'41'.repeat(46)}`;
    expect(bench.verdict({ dir: 'out', hex: frame })).toBe('D');
    await waitFor(() => log.lines.length > 0);
    expect(log.lines[0]).toMatchObject({ name: 'untagged:2', frame });
  });

  it('tells of some packets of a flood, counts all, and says how many there were beside', async () => {
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

  it('has several readers at once, none of them root, and refuses one more in words', async () => {
    attach('clean-traffic');
    const four = [await follow(), await follow(), await follow(), await follow()];
    const fifth = await follow();
    await waitFor(() => fifth.words !== '');
    expect(fifth.words).toContain('The drop log is read by as many as can read it at once');
    expect(bench.verdict({ dir: 'out', hex: recorded('out', 'tcp ip lie') })).toBe('D');
    await waitFor(() => four.every(({ lines }) => lines.length === 1));
    for (const pid of readerPids()) expect(statSync(`/proc/${pid}`).uid).toBe(findServiceUser('tcpdump')?.uid ?? 0);
    await four[0]?.end();
    await waitFor(() => readers() === 3);
  });
});
