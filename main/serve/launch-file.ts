import { closeSync, lstatSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { redirectPage } from './answer-http.ts';

/** A page that leads to the app once, for nobody but this user to read. */
export interface LaunchFile {
  readonly url: string;
  remove(): void;
}

/**
 * Writes it below the user's run-time folder (XDG Base Directory Specification), for everybody reads the arguments of a program; undefined where there
 * is no such folder that is the user's alone.
 */
export function writeLaunchFile(
  launchUrl: string,
  runtimeFolder: string | undefined,
  uid: number,
): LaunchFile | undefined {
  if (runtimeFolder === undefined || !runtimeFolder.startsWith('/')) return undefined;
  const stat = lstatSync(runtimeFolder, { throwIfNoEntry: false });
  if (stat === undefined || !stat.isDirectory() || stat.uid !== uid || (stat.mode & 0o077) !== 0) return undefined;
  const folder = mkdtempSync(join(runtimeFolder, 'guestward-'));
  const path = join(folder, 'open.html');
  const file = openSync(path, 'wx', 0o600);
  writeSync(file, redirectPage(launchUrl));
  closeSync(file);
  return { url: pathToFileURL(path).href, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
