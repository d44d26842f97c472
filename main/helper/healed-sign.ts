import { closeSync, constants, fchmodSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Places } from './places.ts';

const { O_WRONLY, O_CREAT, O_TRUNC, O_NOFOLLOW } = constants;

/**
 * A file of the run folder that is written, in place, whenever something was put back. Anybody may watch it (inotify(7)) and so knows when to ask; what it was is
 * told by the helper alone, to whom it may tell.
 */
export function signHealed(places: Pick<Places, 'run'>): void {
  const fd = openSign(places, O_TRUNC);
  try {
    writeSync(fd, `${new Date().toISOString()}\n`);
  } finally {
    closeSync(fd);
  }
}

/** Who watches needs something to watch. */
export function readySign(places: Pick<Places, 'run'>): void {
  closeSync(openSign(places, 0));
}

function openSign({ run }: Pick<Places, 'run'>, more: number): number {
  const fd = openSync(join(run, 'healed'), O_WRONLY | O_CREAT | O_NOFOLLOW | more, 0o644);
  // Whatever the umask.
  fchmodSync(fd, 0o644);
  return fd;
}
