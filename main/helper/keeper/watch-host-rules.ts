import { readFileSync } from 'node:fs';
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
  /** They have changed, or may have. */
  note(): void;
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
  // Nobody has looked before.
  note();

  return {
    note,
    async haveChanged(now) {
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
