import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { HelperFailure } from '../../../shared/plan/helper-failure.ts';
import type { NetworkSetup } from '../../../shared/plan/network-setup.ts';
import { fail, type Outcome, succeed } from '../../../shared/plan/outcome.ts';
import { keeperArgument } from '../caller.ts';
import type { Places } from '../places.ts';
import { isErrno } from '../root-file.ts';
import { openRootFolder } from '../root-folder.ts';
import {
  keeperFolder,
  readKeeperPid,
  readWanted,
  removeKeeperFiles,
  type Wanted,
  writeKeeperPid,
  writeWanted,
} from './keeper-files.ts';

/** The keeper waits most of the time, and has the whole session to do it in; the rules of ten thousand NICs have to find room. */
const nodeOptions = [
  '--disallow-code-generation-from-strings',
  '--max-old-space-size=256',
  '--max-semi-space-size=1',
  '--v8-pool-size=0',
];
const endSeconds = 5;

/**
 * Sees to it that a process of our own looks after these networks when no helper is there, and after no others, and after the rules where there are
 * any; with nothing to look after it ends. The lock must be held, so that the keeper is not in the middle of anything, and nobody else starts one.
 */
export async function ensureKeeper(
  places: Places,
  wanted: Wanted,
  hasRules: boolean,
): Promise<Outcome<void, HelperFailure>> {
  const pid = findKeeper(places);
  if (!hasRules && ![...wanted.values()].some(needsKeeper)) {
    if (pid !== undefined) await end(places, pid);
    removeKeeperFiles(places);
    return succeed(undefined);
  }
  const opened = openRootFolder(keeperFolder(places));
  if (!opened.ok) return opened;
  writeWanted(places, wanted);
  return pid === undefined ? start(places) : succeed(undefined);
}

/** The same where no network has changed: whether there are rules to look after may have. */
export async function keepRules(places: Places, hasRules: boolean): Promise<Outcome<void, HelperFailure>> {
  if (hasRules === (findKeeper(places) !== undefined)) return succeed(undefined);
  return ensureKeeper(places, hasRules ? (readWanted(places) ?? new Map()) : new Map(), hasRules);
}

/** The keeper of this run folder. Its environment names the folder, for there may be others (of a lab, of tests). */
export function findKeeper(places: Places): number | undefined {
  const pid = readKeeperPid(places);
  if (pid === undefined) return undefined;
  const args = readProcess(pid, 'cmdline');
  const env = readProcess(pid, 'environ');
  const isKeeper = args.includes(keeperArgument) && env.includes(`GUESTWARD_RUN_DIR=${places.run}`);
  return isKeeper ? pid : undefined;
}

function needsKeeper({ link, dnsmasq, accepts, cures, proxy, admits }: NetworkSetup): boolean {
  const watchesPorts = link?.isolated === true || admits !== undefined;
  return watchesPorts || dnsmasq !== undefined || proxy !== undefined || accepts.length > 0 || cures.length > 0;
}

function start(places: Places): Outcome<void, HelperFailure> {
  const child = spawn(process.execPath, [...nodeOptions, program(), keeperArgument], {
    stdio: 'ignore',
    env: { GUESTWARD_STATE_DIR: places.state, GUESTWARD_RUN_DIR: places.run },
    cwd: '/',
    shell: false,
    detached: true,
  });
  child.on('error', () => undefined);
  child.unref();
  if (child.pid === undefined) {
    return fail({ kind: 'tool-failed', program: process.execPath, message: 'it could not be started' });
  }
  writeKeeperPid(places, child.pid);
  return succeed(undefined);
}

/** The helper's own file: the bundle that this is part of, or its source in a checkout. */
function program(): string {
  const self = fileURLToPath(import.meta.url);
  return self.endsWith('.ts') ? fileURLToPath(new URL('../helper.ts', import.meta.url)) : self;
}

async function end(places: Places, pid: number): Promise<void> {
  const limit = performance.now() + endSeconds * 1000;
  for (let signal: NodeJS.Signals = 'SIGTERM'; findKeeper(places) === pid; ) {
    try {
      process.kill(pid, signal);
    } catch (error) {
      if (!isErrno(error, 'ESRCH')) throw error;
    }
    if (performance.now() > limit) signal = 'SIGKILL';
    await setTimeout(5);
  }
}

/** Nothing for a process that has ended, also where nobody has waited for it yet. */
function readProcess(pid: number, file: 'cmdline' | 'environ'): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8').split('\0');
  } catch {
    return [];
  }
}
