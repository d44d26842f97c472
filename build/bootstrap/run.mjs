import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Absolute path of the checkout. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');

/**
 * Runs a program on our terminal and returns its exit status, 128 + N if signal N ended it, 127 if it does not start.
 * @param {string} program absolute path
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, quiet?: boolean }} [options] quiet: no output, no input
 * @returns {Promise<number>}
 */
export async function runToExit(program, args, { cwd = root, env = process.env, quiet = false } = {}) {
  const child = spawn(program, args, { cwd, env, stdio: quiet ? 'ignore' : 'inherit', shell: false });
  const stopForwarding = forwardSignals(child);
  try {
    return await new Promise((resolve) => {
      child.on('error', () => resolve(127));
      child.on('exit', (code, signal) => resolve(signal ? 128 + constants.signals[signal] : (code ?? 1)));
    });
  } finally {
    stopForwarding();
  }
}

/** @param {import('node:child_process').ChildProcess} child */
function forwardSignals(child) {
  // The terminal sends Ctrl-C to the whole process group; we only have to outlive the child while it cleans up.
  const outlive = () => {};
  /** @param {NodeJS.Signals} signal */
  const pass = (signal) => child.kill(signal);
  process.on('SIGINT', outlive).on('SIGTERM', pass).on('SIGHUP', pass);
  return () => process.off('SIGINT', outlive).off('SIGTERM', pass).off('SIGHUP', pass);
}
