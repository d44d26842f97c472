import { chmodSync, existsSync, lstatSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { HelperFailure } from '../../shared/plan/helper-failure.ts';
import { fail, type Outcome, succeed } from '../../shared/plan/outcome.ts';
import { distrust } from './trusted-path.ts';

/** Sees to it that the folder is there, that root alone can enter it, and that nobody else can put another in its place. */
export function openRootFolder(path: string): Outcome<void, HelperFailure> {
  const parent = nearestExisting(dirname(path));
  const message = distrust(parent, 'refuse');
  if (message !== undefined) return fail({ kind: 'state-unsafe', path: parent, message });
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const unsafe = distrust(path, 'refuse') ?? distrustOwn(path);
  if (unsafe !== undefined) return fail({ kind: 'state-unsafe', path, message: unsafe });
  chmodSync(path, 0o700);
  return succeed(undefined);
}

/** The folder itself is ours, not only trusted: a sticky one that all may write to could hold anything. */
function distrustOwn(path: string): string | undefined {
  const { uid, mode } = lstatSync(path);
  if (uid !== 0) return `it belongs to uid ${uid}`;
  return (mode & 0o022) === 0 ? undefined : 'others than root can write to it';
}

function nearestExisting(path: string): string {
  return existsSync(path) ? path : nearestExisting(dirname(path));
}
