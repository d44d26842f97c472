import { chmodSync, lstatSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { HelperFailure } from '../../shared/plan/helper-failure.ts';
import { fail, type Outcome, succeed } from '../../shared/plan/outcome.ts';
import { isErrno } from './root-file.ts';
import { distrust, trustedOwners } from './trusted-path.ts';

/**
 * Sees to it that the folder is there, that root alone can enter it, and that nobody else can put another in its place. With the mode 0o711 others
 * can pass through to what is theirs to read, and see no names.
 */
export function openRootFolder(path: string, mode: 0o700 | 0o711 = 0o700): Outcome<void, HelperFailure> {
  const owners = trustedOwners();
  const made = makeFolder(path, owners);
  if (!made.ok) return made;
  // A trusted ancestor may belong to a namespace's unknown owner or be sticky; the folder itself is ours.
  const found = lstatSync(path);
  if (found.uid !== 0) return unsafe(path, `it belongs to uid ${found.uid}`);
  if ((found.mode & 0o022) !== 0) return unsafe(path, 'others than root can write to it');
  if ((found.mode & 0o7777) !== mode) chmodSync(path, mode);
  return succeed(undefined);
}

/** Makes the folder and those above it one by one, each only in a place that was found safe. */
function makeFolder(path: string, owners: ReadonlySet<number>): Outcome<void, HelperFailure> {
  if (lstatSync(path, { throwIfNoEntry: false }) === undefined) {
    const parent = makeFolder(dirname(path), owners);
    if (!parent.ok) return parent;
    try {
      mkdirSync(path, 0o700);
    } catch (error) {
      if (!isErrno(error, 'EEXIST')) throw error;
    }
  }
  const message = distrust(path, 'refuse', owners);
  if (message !== undefined) return unsafe(path, message);
  return lstatSync(path).isDirectory() ? succeed(undefined) : unsafe(path, 'it is not a folder');
}

function unsafe(path: string, message: string): Outcome<never, HelperFailure> {
  return fail({ kind: 'state-unsafe', path, message });
}
