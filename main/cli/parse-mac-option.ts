import { parseMac } from '../../shared/net/mac.ts';
import { type Result, usage } from './cli-failure.ts';
import type { Call } from './verb.ts';

/** The MAC address that an option gives; undefined where it is not given. */
export function parseMacOption(call: Call, option: string): Result<bigint | undefined> {
  const text = call.text(option);
  const mac = text === undefined ? undefined : parseMac(text);
  if (text === undefined || mac !== undefined) return { ok: true, value: mac };
  return usage(`'${text}' is not a MAC address`, 'write it as 52:54:00:12:34:56');
}
