import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { ownTable } from '../../../shared/plan/own-names.ts';
import { runTool } from '../run-tool.ts';
import { findTool } from '../tools.ts';

/** Another program's changes come in bursts; this long it has to be quiet. */
const quietMilliseconds = 1000;
/** A burst that does not end is not waited for longer. */
const longestBurst = 5000;
/** The kernel tells nobody of changes to the tables of iptables-legacy. */
const legacyMilliseconds = 5000;

/** Notices that somebody else has changed the host's firewall. */
export interface HostRulesWatch {
  /** Whether they have changed since the last time it was true, and it is quiet now. */
  haveChanged(now: number): Promise<boolean>;
}

export function watchHostRules(): HostRulesWatch {
  let first: number | undefined;
  let last = 0;
  let legacy: string | undefined;
  let nextLegacy = 0;
  const note = () => {
    last = performance.now();
    first ??= last;
  };
  const monitor = followNft(note);

  return {
    async haveChanged(now) {
      monitor.ensure();
      if (now >= nextLegacy) {
        nextLegacy = now + legacyMilliseconds;
        const found = await readLegacyTables();
        if (legacy !== undefined && found !== legacy) note();
        legacy = found;
      }
      if (first === undefined || (now - last < quietMilliseconds && now - first < longestBurst)) return false;
      first = undefined;
      return true;
    },
  };
}

/** What it prints is read for one thing alone: that it speaks of a table that is not ours. */
function followNft(note: () => void): { ensure(): void } {
  let isRunning = false;
  return {
    ensure() {
      const nft = findTool('nft');
      const setpriv = findTool('setpriv');
      if (isRunning || !nft.ok || !setpriv.ok) return;
      // It must not outlive us, however we end.
      const child = spawn(setpriv.value, ['--pdeathsig', 'KILL', nft.value, 'monitor'], {
        stdio: ['ignore', 'pipe', 'ignore'],
        env: { LC_ALL: 'C' },
        cwd: '/',
        shell: false,
      });
      isRunning = true;
      // What happens before it listens it does not tell.
      note();
      setTimeout(note, longestBurst).unref();
      const lines = createLineReader((line) => isOfOthers(line) && note());
      child.stdout.on('data', (chunk: Buffer) => lines(chunk.toString('latin1')));
      child.once('error', () => undefined);
      child.once('close', () => {
        // The kernel drops what a slow reader does not take (netlink(7), ENOBUFS): something was missed.
        isRunning = false;
        note();
      });
    },
  };
}

/** Whether a line of nft monitor tells of a change in another's table. */
export function isOfOthers(line: string): boolean {
  const [verb = '', , , table] = line.trim().split(/\s+/);
  return /^(?:add|delete|insert|replace|destroy)$/.test(verb) && table !== ownTable;
}

function createLineReader(take: (line: string) => void): (text: string) => void {
  let rest = '';
  return (text) => {
    const lines = `${rest}${text}`.split('\n');
    // The beginning of a line says enough.
    rest = (lines.pop() ?? '').slice(0, 200);
    for (const line of lines) take(line);
  };
}

/** The tables of iptables-legacy without what counts packets; empty where it is not in use. */
async function readLegacyTables(): Promise<string> {
  const parts: string[] = [];
  for (const [names, tool] of [
    ['ip_tables_names', 'iptables-legacy-save'],
    ['ip6_tables_names', 'ip6tables-legacy-save'],
  ] as const) {
    if (readNames(`/proc/self/net/${names}`) === '') continue;
    const program = findTool(tool);
    if (program.ok) parts.push((await runTool(program.value, [])).stdout);
  }
  return parts.join('').replace(/^#.*$|\[[0-9]+:[0-9]+\]/gm, '');
}

function readNames(path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return '';
  }
}
