import { setFlagsFromString } from 'node:v8';

/** Takes from this process what a root helper has no use for. */
export function hardenProcess(): void {
  setFlagsFromString('--disallow-code-generation-from-strings');
  Reflect.deleteProperty(Object.prototype, '__proto__');
  for (const name of Object.keys(process.env)) delete process.env[name];
  process.umask(0o077);
  process.chdir('/');
  // A client that goes away is noticed by its standard input.
  process.on('SIGPIPE', () => undefined);
  for (const signal of ['SIGHUP', 'SIGINT'] as const) process.on(signal, () => undefined);
}
