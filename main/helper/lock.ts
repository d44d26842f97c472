import { closeSync, constants, ftruncateSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { HelperFailure } from '../../shared/plan/helper-failure.ts';
import { fail, type Outcome, succeed } from '../../shared/plan/outcome.ts';
import type { Start } from './caller.ts';
import { runTool } from './run-tool.ts';
import { findTool } from './tools.ts';

const patience = 10;

/** The right to change the state folder and the tables, held until every process that has the descriptor has closed it. */
export interface Lock {
  readonly fd: number;
  release(): void;
}

/** The lock file, opened but not locked. */
export interface LockFile {
  /** For processes that are started ahead of need and told what to do when the lock is held. */
  readonly fd: number;
  /**
   * Takes the kernel's lock on it, or closes it. Node has no flock(2), so flock(1) takes it on our descriptor: the lock belongs to the open file and
   * goes when we do, however we end. With no seconds to wait it is taken at once or not at all.
   */
  take(start: Start, waitSeconds?: number): Promise<Outcome<Lock, HelperFailure>>;
}

/** Opens the state folder's lock file. */
export function openLock(stateFolder: string): Outcome<LockFile, HelperFailure> {
  const flock = findTool('flock');
  if (!flock.ok) return flock;
  const path = join(stateFolder, 'lock');
  const fd = openSync(path, constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW, 0o600);
  return succeed({
    fd,
    take: (start, waitSeconds = patience) => take({ flock: flock.value, path, fd }, start, waitSeconds),
  });
}

/** Opens the state folder's lock file and takes the lock. */
export async function takeLock(
  stateFolder: string,
  start: Start,
  waitSeconds = patience,
): Promise<Outcome<Lock, HelperFailure>> {
  const file = openLock(stateFolder);
  return file.ok ? file.value.take(start, waitSeconds) : file;
}

async function take(
  { flock, path, fd }: { readonly flock: string; readonly path: string; readonly fd: number },
  start: Start,
  waitSeconds: number,
): Promise<Outcome<Lock, HelperFailure>> {
  const run = await runTool(flock, ['-x', '-w', String(waitSeconds), '3'], [fd]);
  if (run.status === 0) {
    introduce(fd, `process ${process.pid}, started by ${start.caller} (uid ${start.uid})\n`);
    return succeed({ fd, release: () => closeSync(fd) });
  }
  closeSync(fd);
  // flock(1) ends so when the time is up.
  if (run.status === 1)
    return fail({ kind: 'busy', holder: readFileSync(path, 'utf8').trim() || 'it has just started' });
  return fail({ kind: 'tool-failed', program: flock, message: run.stderr.trim() || 'it could not be started' });
}

/** Writes down who holds the lock, for whoever waits for it. */
function introduce(fd: number, holder: string): void {
  try {
    ftruncateSync(fd);
    writeSync(fd, holder, 0);
  } catch {
    // A full disk keeps nobody from reading.
  }
}
