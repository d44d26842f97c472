import { lstatSync, readFileSync, readlinkSync, type Stats } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** The uid that a user namespace shows for owners it does not map (/proc/sys/kernel/overflowuid). */
const overflowUid = 65_534;
const maxLinks = 8;

/**
 * Whose files can be trusted as root's. In a user namespace the host's root is shown as the overflow uid, and so is everybody else who is not
 * mapped; to trust it gives nothing away, for the helper has no power there that whoever made the namespace lacks.
 */
export function trustedOwners(uidMap: string = readFileSync('/proc/self/uid_map', 'utf8')): ReadonlySet<number> {
  const isInitial = /^\s*0\s+0\s+4294967295\s*$/.test(uidMap);
  return new Set(isInitial ? [0] : [0, overflowUid]);
}

/**
 * Why somebody other than root could put something else in the place of this file or folder: a sentence, or undefined where nobody could. Every
 * folder on the way is looked at. One that all may write to is fine if it is sticky, for there nobody renames what is root's.
 */
export function distrust(path: string, links: 'follow' | 'refuse', owners = trustedOwners()): string | undefined {
  return distrustBelow('/', path.split('/').filter(Boolean), links === 'follow' ? maxLinks : 0, owners);
}

function distrustBelow(
  parent: string,
  [name, ...rest]: readonly string[],
  linksLeft: number,
  owners: ReadonlySet<number>,
): string | undefined {
  const folder = lstatSync(parent);
  const problem = distrustEntry(parent, folder, owners);
  if (problem !== undefined || name === undefined) return problem;
  if (!folder.isDirectory()) return `${parent} is not a folder`;
  const path = join(parent, name);
  const entry = lstatSync(path);
  if (!entry.isSymbolicLink()) return distrustBelow(path, rest, linksLeft, owners);
  if (!owners.has(entry.uid)) return `${path} is a link of uid ${entry.uid}`;
  if (linksLeft === 0) return `${path} is a symbolic link`;
  const target = resolve(dirname(path), readlinkSync(path), ...rest);
  return distrustBelow('/', target.split('/').filter(Boolean), linksLeft - 1, owners);
}

function distrustEntry(path: string, entry: Stats, owners: ReadonlySet<number>): string | undefined {
  if (!owners.has(entry.uid)) return `${path} belongs to uid ${entry.uid}`;
  const isSticky = entry.isDirectory() && (entry.mode & 0o1000) !== 0;
  return (entry.mode & 0o022) !== 0 && !isSticky ? `${path} can be written to by others than root` : undefined;
}
