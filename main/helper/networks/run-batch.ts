import { closeSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HelperFailure } from '../../../shared/plan/helper-failure.ts';
import { maxRequestSeconds } from '../../../shared/plan/limits.ts';
import { fail, type Outcome, succeed } from '../../../shared/plan/outcome.ts';
import { createRootFile, removeRootFile } from '../root-file.ts';
import { runTool, type ToolRun } from '../run-tool.ts';
import { findTool } from '../tools.ts';
import type { NetworkSpace } from './network-space.ts';

/** A line of `ip -batch` or `tc -batch`, and the network that it is of. */
export interface Line {
  readonly network: string;
  readonly text: string;
}

/**
 * Has `ip` or `tc` carry out all lines, up to the first that fails. They come from a file that is wholly written before the program starts, and
 * the program holds the lock: a helper that dies leaves all of them done, and the next one waits for that.
 */
export async function runBatch(
  { places, lock }: Pick<NetworkSpace, 'places' | 'lock'>,
  tool: 'ip' | 'tc',
  step: string,
  lines: readonly Line[],
): Promise<Outcome<void, HelperFailure>> {
  if (lines.length === 0) return succeed(undefined);
  const program = findTool(tool);
  if (!program.ok) return program;
  const path = join(places.run, `batch.${process.pid}`);
  const scratch = createRootFile(path);
  try {
    removeRootFile(path);
    writeFileSync(scratch, lines.map(({ text }) => `${text}\n`).join(''));
    const run = await runTool(program.value, ['-batch', '/proc/self/fd/3'], [scratch, lock]);
    return run.status === 0 ? succeed(undefined) : fail(explain(program.value, step, lines, run));
  } finally {
    closeSync(scratch);
  }
}

/** What `ip -j` or `tc -j` prints about what stands. */
export async function queryTool(tool: 'ip' | 'tc', args: readonly string[]): Promise<Outcome<unknown, HelperFailure>> {
  const program = findTool(tool);
  if (!program.ok) return program;
  const run = await runTool(program.value, args);
  if (run.timedOut) return fail({ kind: 'timed-out', program: program.value, seconds: maxRequestSeconds });
  if (run.status !== 0) return fail({ kind: 'tool-failed', program: program.value, message: run.stderr.trim() });
  try {
    // Nothing at all is what they print of nothing.
    return succeed(run.stdout.trim() === '' ? [] : JSON.parse(run.stdout));
  } catch {
    return fail({ kind: 'tool-failed', program: program.value, message: 'what it prints is not JSON' });
  }
}

function explain(
  program: string,
  step: string,
  lines: readonly Line[],
  { stderr, status, timedOut }: ToolRun,
): HelperFailure {
  if (timedOut) return { kind: 'timed-out', program, seconds: maxRequestSeconds };
  if (status === null) return { kind: 'tool-failed', program, message: 'it was killed or could not be started' };
  const at = /^Command failed [^\n]*:([0-9]+)$/m.exec(stderr)?.[1];
  const line = at === undefined ? undefined : lines[Number(at) - 1];
  const words = stderr.replace(/^Command failed .*$/m, '').trim();
  return {
    kind: 'network-failed',
    network: line?.network ?? '',
    step,
    message: line === undefined ? words : `${words} (${line.text})`,
  };
}
