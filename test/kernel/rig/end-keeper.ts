import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Ends the keeper of this run folder, so that what is taken away stays away. */
export function endKeeper(runDir: string): void {
  const pid = keeperOf(runDir);
  if (pid === undefined) return;
  process.kill(pid, 'SIGKILL');
  while (runs(pid)) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
}

/** The keeper of this run folder; undefined where there is none. */
export function keeperOf(runDir: string): number | undefined {
  const file = join(runDir, 'keeper/pid');
  const pid = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  return pid > 0 && runs(pid) ? pid : undefined;
}

/** A process that has ended has no command line, even where nobody has waited for it. */
function runs(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8') !== '';
  } catch {
    return false;
  }
}
