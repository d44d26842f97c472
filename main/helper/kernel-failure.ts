import type { HelperFailure } from '../../shared/plan/helper-failure.ts';
import type { Operation } from '../../shared/plan/plan.ts';
import type { Rule } from '../../shared/plan/ruleset.ts';
import type { NftText } from '../../shared/plan/write-nft.ts';
import type { NftFailure } from './nft.ts';

/** A finding of nft in the included text: `/proc/self/fd/3:30:5-57: Error: Could not process rule: Protocol error`. */
const finding = /^[^\n:]*\/fd\/3:(\d+):[^\n]*?Error: ([^\n]*)$/m;
const unplaced = /^(?:[^\n]*?)Error: ([^\n]*)$/m;

/** Leads what nft said back to the operation, and in a chain to the rule and its comment. */
export function explainNftFailure(
  failure: NftFailure,
  operations: readonly Operation[],
  { text, origins }: NftText,
): HelperFailure {
  if (failure.kind !== 'refused') return failure;
  const [, lineNumber, placed] = finding.exec(failure.stderr) ?? [];
  const message = placed ?? unplaced.exec(failure.stderr)?.[1] ?? failure.stderr.trim();
  if (lineNumber === undefined) return { kind: 'kernel-refused', line: '', message };
  const index = Number(lineNumber) - 1;
  const line = text.split('\n')[index] ?? '';
  const origin = origins[index];
  if (origin === undefined) return { kind: 'kernel-refused', line, message };
  const comment = ruleAt(operations[origin.operation], origin.rule)?.comment;
  return { kind: 'kernel-refused', ...origin, ...(comment === undefined ? {} : { comment }), line, message };
}

/** A command of the helper's own failed, which no plan can be blamed for. */
export function explainQueryFailure(failure: NftFailure): HelperFailure {
  return failure.kind === 'refused' ? { kind: 'tool-failed', program: 'nft', message: failure.stderr.trim() } : failure;
}

function ruleAt(operation: Operation | undefined, rule: number | undefined): Rule | undefined {
  if (operation === undefined || rule === undefined) return undefined;
  if (operation.op === 'replace-rules') return operation.rules[rule];
  return operation.op === 'add-chain' ? operation.content.rules[rule] : undefined;
}
