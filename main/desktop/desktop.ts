// Electron's main process. Everything it does is in runDesktop; here are the real parts.
import { fileURLToPath } from 'node:url';
import * as electron from 'electron';
import { createApp } from '../app/create-app.ts';
import { readRendererFiles } from '../app/renderer-files.ts';
import { runDesktop } from './run-desktop.ts';

const beside = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

const files = readRendererFiles(beside('./renderer'));
if (files === undefined) throw new Error('The screens are not built: npm run build');
await runDesktop(electron, {
  files,
  preload: beside('./preload.cjs'),
  icon: beside('./icon.png'),
  createApp: () => createApp({ environment: process.env, door: 'window', place: 'host' }),
  argv: process.argv.slice(1),
  folder: process.cwd(),
});
