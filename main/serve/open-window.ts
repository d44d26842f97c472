import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fail, type Outcome, succeed } from '../../shared/plan/outcome.ts';
import { browserArguments, findBrowser } from './find-browser.ts';
import { writeLaunchFile } from './launch-file.ts';

export interface WindowSurroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly uid: number;
}

/** Opens a browser's window at an address that leads to the app once. What it returns removes the traces; a failure is why there is no window, in a clause. */
export function openWindow(
  launchUrl: string,
  { environment, uid }: WindowSurroundings,
): Outcome<{ readonly program: string; close(): void }, string> {
  if (uid === 0) return fail('no browser is to run as root; start it as yourself');
  if (environment['DISPLAY'] === undefined && environment['WAYLAND_DISPLAY'] === undefined) {
    return fail('there is no screen here (neither DISPLAY nor WAYLAND_DISPLAY is set)');
  }
  const browser = findBrowser(existsSync);
  if (browser === undefined) return fail('there is neither Chromium nor xdg-open (Debian: apt install chromium)');
  const file = writeLaunchFile(launchUrl, environment['XDG_RUNTIME_DIR'], uid);
  if (file === undefined) return fail('there is no folder for what only you may read (XDG_RUNTIME_DIR)');
  const child = spawn(browser.path, browserArguments(browser, file.url), {
    stdio: 'ignore',
    detached: true,
    shell: false,
  });
  // The link stands on the terminal all the same.
  child.on('error', () => undefined);
  child.unref();
  return succeed({ program: browser.path, close: file.remove });
}
