import { type Result, usage } from './cli-failure.ts';
import type { Call } from './verb.ts';

/** How many seconds a change has to be confirmed in; undefined: it stays. */
export function readConfirmOption(call: Call): Result<number | undefined> {
  const text = call.text('confirm');
  if (text === undefined) return { ok: true, value: undefined };
  const seconds = /^[0-9]{1,3}$/.test(text) ? Number(text) : 0;
  return seconds >= 5 && seconds <= 600
    ? { ok: true, value: seconds }
    : usage(`--confirm is a number of seconds, not '${text}'`, 'from 5 to 600');
}
