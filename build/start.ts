// Opens the app: Electron's window where its binary is, else a window of the system's browser on `guestward serve`.
import { join } from 'node:path';
import { root, runToExit } from './bootstrap/run.mjs';
import { findElectron } from './find-electron.ts';

const args = process.argv.slice(2);
const electron = process.getuid?.() === 0 ? undefined : findElectron(root, process.env);
const built = (name: string): string => join(root, 'build/dist', name);
process.exitCode =
  electron === undefined
    ? await runToExit(process.execPath, [built('cli.mjs'), 'serve', '--open', ...args])
    : await runToExit(electron, [built('desktop.mjs'), ...args]);
