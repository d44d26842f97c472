import { spawnSync } from 'node:child_process';

/** Runs a program to its end with `input` on its standard input and returns what it printed; throws if it fails. */
export function runTool(program: string, args: readonly string[], input = ''): string {
  const done = spawnSync(program, args, { input, encoding: 'utf8', shell: false });
  if (done.error) throw done.error;
  if (done.status !== 0) {
    throw new Error(`${[program, ...args].join(' ')} ended with ${done.status ?? done.signal}: ${done.stderr.trim()}`);
  }
  return done.stdout;
}
