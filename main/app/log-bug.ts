import { inspect } from 'node:util';

/** Writes a mistake of ours to standard error, with its stack. The method's name is the contract's, so no caller writes a line of its own. */
export function logBug(method: string, error: unknown): void {
  process.stderr.write(`guestward: bug in ${method}: ${inspect(error)}\n`);
}
