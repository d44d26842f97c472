import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { runTool } from './rig/run-tool.ts';

const guestward = fileURLToPath(new URL('../../main/cli/guestward.ts', import.meta.url));
const practiceFilter = '/var/lib/guestward/filters/lab-no-dhcp-server.xml';
const nobody = ['--reuid=65534', '--regid=65534', '--clear-groups', '--inh-caps=-all'];
const isRoot = readFileSync('/proc/self/uid_map', 'utf8').trim().split(/\s+/)[1] === '0';

// A folder of its own for temporary files also tells the labs of this test from any other that runs meanwhile.
const scratch = mkdtempSync(join(tmpdir(), 'lab-test-'));
chmodSync(scratch, 0o777);

/** Processes, files, links and mounts: what a lab must leave as it was. */
function traces(): readonly string[] {
  const processes = readdirSync('/proc').filter((entry) => /^\d+$/.test(entry) && isOfTheLab(entry));
  const links = runTool('/usr/sbin/ip', ['-brief', 'link']);
  const onHost = [practiceFilter].filter((file) => existsSync(file));
  return [...processes, ...readdirSync(scratch), ...onHost, links, readFileSync('/proc/self/mountinfo', 'utf8')];
}

function isOfTheLab(pid: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`TMPDIR=${scratch}\0`);
  } catch {
    // It has ended since it was listed, or is another user's.
    return false;
  }
}

interface Lab {
  readonly child: ChildProcess;
  readonly ended: Promise<{ readonly status: number | string; readonly output: string }>;
  /** Waits until the lab has printed this. */
  printed(text: RegExp): Promise<RegExpExecArray>;
}

const running: Lab[] = [];

function startLab(args: readonly string[], as: readonly string[] = [], input = ''): Lab {
  const argv = [...as, process.execPath, guestward, 'lab', ...args];
  const [program, ...rest] = as.length > 0 ? ['/usr/bin/setpriv', ...argv] : argv;
  const env = { PATH: '/usr/sbin:/usr/bin', SHELL: '/bin/sh', TERM: 'dumb', TMPDIR: scratch };
  const child = spawn(program as string, rest, { env, stdio: ['pipe', 'pipe', 'pipe'], shell: false, detached: true });
  child.stdin.end(input);
  let output = '';
  const watchers = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      for (const look of watchers) look();
    });
  }
  const lab: Lab = {
    child,
    ended: new Promise((resolve) => {
      child.on('close', (code, signal) => resolve({ status: code ?? signal ?? 'unknown', output }));
    }),
    printed: (text) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = text.exec(output);
          if (found) resolve(found);
        };
        watchers.add(look);
        child.on('close', () => reject(new Error(`the lab ended early:\n${output}`)));
        look();
      }),
  };
  running.push(lab);
  return lab;
}

/** What a process leaves goes a moment after it; waits for that, and returns what is there then. */
async function settled(expected: readonly string[]): Promise<readonly string[]> {
  for (let tries = 0; tries < 50 && traces().join() !== expected.join(); tries++) await sleep(100);
  return traces();
}

afterEach(async () => {
  for (const lab of running.splice(0)) {
    lab.child.kill('SIGKILL');
    await lab.ended;
  }
});

afterAll(() => {
  rmSync(scratch, { recursive: true });
});

const table = [
  /plain talk +works +works$/m,
  /takes g2's address +works +stopped +no-ip-spoofing:\d+/,
  /lies in ARP +works +stopped +no-arp-ip-spoofing:\d+/,
  /changes its MAC +works +stopped +no-mac-spoofing:\d+/,
  /plays DHCP server +works +stopped +lab-no-dhcp-server:2$/m,
];

describe('the lab', () => {
  it('plays every attack without and with the filter, and leaves nothing', async () => {
    const before = traces();
    const { status, output } = await startLab([]).ended;

    for (const line of table) expect(output).toMatch(line);
    expect(output).toContain("<rule action='drop' direction='out'");
    expect(output).not.toContain('\u001b');
    expect(output.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect(status).toBe(0);
    expect(await settled(before)).toEqual(before);
  });

  it(`does so for ${isRoot ? 'a user too' : 'this user'}, and as one JSON document when asked to`, async () => {
    const before = traces();
    // A user namespace whose only user is root has nobody to become.
    const { status, output } = await startLab(['--json'], isRoot ? nobody : []).ended;

    const { ok, surprises, plays } = JSON.parse(output);
    expect({ ok, surprises, status, plays: plays.length }).toEqual({ ok: true, surprises: [], status: 0, plays: 5 });
    expect(await settled(before)).toEqual(before);
  });

  it('says when there is no such filter', async () => {
    const { status, output } = await startLab(['--filter', 'no-such-filter']).ended;

    expect(output).toContain('no-such-filter');
    expect(status).toBe(1);
  });

  it('opens a shell in a guest, with its exit status', async () => {
    const before = traces();
    const { status, output } = await startLab(['--shell', 'g2'], [], 'ip -brief address\nexit 7\n').ended;

    expect(output).toMatch(/^eth0\S* +UP +10\.77\.0\.12\/24/m);
    expect(status).toBe(7);
    expect(await settled(before)).toEqual(before);
  });

  it('plays with a filter of the user, and is held until Ctrl-C, to be entered meanwhile', async () => {
    const file = join(scratch, 'mine.xml');
    writeFileSync(file, "<filter name='mine'><filterref filter='no-mac-spoofing'/></filter>\n");
    const before = traces();
    const lab = startLab(['--hold', '--filter', file]);
    const held = await lab.printed(/g1 +nsenter (.*-t \d+)\n(.*\n)+.*gateway +nsenter/);
    const entered = runTool('/usr/bin/nsenter', [...(held[1] ?? '').split(' '), '/usr/sbin/ip', '-brief', 'address']);
    process.kill(-(lab.child.pid ?? 0), 'SIGINT');
    const { status, output } = await lab.ended;

    expect(entered).toMatch(/^eth0\S* +UP +10\.77\.0\.11\/24/m);
    expect(output).toMatch(/takes g2's address +works +works$/m);
    expect(output).toMatch(/changes its MAC +works +stopped +no-mac-spoofing:\d+/);
    expect(status).toBe(0);
    expect(await settled(before)).toEqual(before);
  });

  it.each(['SIGKILL', 'SIGTERM', 'SIGHUP'] as const)('leaves nothing after %s in mid-play', async (signal) => {
    const before = traces();
    const lab = startLab([]);
    await lab.printed(/2\. g1/);
    expect(traces().length).toBeGreaterThan(before.length);
    lab.child.kill(signal);
    await lab.ended;

    expect(await settled(before)).toEqual(before);
  });
});
