import type { HelperFailure } from '../../shared/plan/helper-failure.ts';
import { maxRequestSeconds } from '../../shared/plan/limits.ts';
import { fail, type Outcome, succeed } from '../../shared/plan/outcome.ts';
import { deadlineFromNow, startTool } from './run-tool.ts';
import { findTool, type ToolName } from './tools.ts';

/** Runs a program to its end and returns what it printed. */
export async function runTextTool(
  tool: ToolName,
  args: readonly string[],
  input = '',
): Promise<Outcome<string, HelperFailure>> {
  const program = findTool(tool);
  if (!program.ok) return program;
  const run = await startTool(program.value, args).finish(input, deadlineFromNow());
  if (run.status === 0) return succeed(run.stdout);
  if (run.timedOut) return fail({ kind: 'timed-out', program: program.value, seconds: maxRequestSeconds });
  const message = run.stderr.trim() || 'it was killed or could not be started';
  return fail({ kind: 'tool-failed', program: program.value, message });
}
