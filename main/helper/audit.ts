import { lstatSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { appendToRootFile } from './root-file.ts';

/** sd-daemon(3) levels. */
const levels = { info: 6, warning: 4, error: 3 } as const;

/** When the file is larger, a new one is begun and one old one kept. */
const maxBytes = 1024 * 1024;

/** Says something on standard error, in a form whose level journald reads. */
export function log(level: keyof typeof levels, message: string): void {
  process.stderr.write(`<${levels[level]}>guestward-helper: ${clean(message)}\n`);
}

/** Writes down who had root do what: on standard error, and in `requests.log` of the state folder where that was found safe. */
export function audit(state: string | undefined, facts: Readonly<Record<string, string | number>>): void {
  const line = Object.entries(facts)
    .map(([name, value]) => `${name}=${clean(String(value))}`)
    .join(' ');
  log('info', line);
  if (state === undefined) return;
  const path = join(state, 'requests.log');
  if ((lstatSync(path, { throwIfNoEntry: false })?.size ?? 0) > maxBytes) renameSync(path, `${path}.1`);
  appendToRootFile(path, `${new Date().toISOString()} ${line}\n`, { durable: false });
}

function clean(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?');
}
