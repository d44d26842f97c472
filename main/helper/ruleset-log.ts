import { join } from 'node:path';
import type { HelperFailure } from '../../shared/plan/helper-failure.ts';
import { fail, type Outcome, succeed } from '../../shared/plan/outcome.ts';
import { type LogEntry, readLine, writeLine } from './log-entry.ts';
import { appendToRootFile, cutRootFile, readRootFile, replaceRootFile } from './root-file.ts';

/** `ruleset.log`: what was done since the snapshot, a line at a time. */
export interface RulesetLog {
  readonly entries: readonly LogEntry[];
  readonly bytes: number;
}

export function logPath(state: string): string {
  return join(state, 'ruleset.log');
}

/** Reads the log; a last line that a crash has cut short is taken off it, for it was never acted on. */
export function readLog(state: string): Outcome<RulesetLog, HelperFailure> {
  const path = logPath(state);
  const text = readRootFile(path) ?? '';
  const lines = text.split('\n');
  const unended = lines.pop();
  const entries: LogEntry[] = [];
  for (const [index, line] of lines.entries()) {
    const entry = readLine<LogEntry>(line);
    if (entry !== undefined) entries.push(entry);
    else if (index < lines.length - 1 || unended !== '') {
      return fail({ kind: 'state-damaged', path, message: `line ${index + 1} is not as it was written` });
    }
  }
  const whole = lines.slice(0, entries.length).reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);
  if (whole < Buffer.byteLength(text)) cutRootFile(path, whole);
  return succeed({ entries, bytes: whole });
}

/** Adds an entry; with `durable` it is on the disk on return. */
export function appendToLog(state: string, entry: LogEntry, { durable }: { readonly durable: boolean }): void {
  appendToRootFile(logPath(state), writeLine(entry), { durable });
}

/** Starts the log anew, when everything in it is in the snapshot. */
export function emptyLog(state: string): void {
  replaceRootFile(logPath(state), '', { durable: true });
}
