import type { Diagnostic } from '../../../shared/diagnostic.ts';
import { formatDiagnostic } from '../../../shared/format-diagnostic.ts';
import type { Report } from '../verb.ts';
import { describeFailure } from './describe-failure.ts';
import { printable } from './printable.ts';

/** Findings with the lines they are about, an empty line between two. */
export function diagnosticsText(
  diagnostics: readonly Diagnostic[],
  sources: ReadonlyMap<string, string> = new Map(),
): string {
  return diagnostics.map((each) => `${formatDiagnostic(each, sources.get(each.span.file))}\n`).join('\n');
}

/** What is said on standard error: what could not be done, why, and what would help. */
export function failureText({ headline, failure }: Extract<Report, { ok: false }>): string {
  const { cause, cure } = describeFailure(failure);
  return [
    ...(headline === undefined ? [] : [`error: ${printable(headline)}\n`]),
    ...(failure.kind === 'diagnostics' ? [diagnosticsText(failure.diagnostics, failure.sources)] : []),
    ...(cause === undefined ? [] : [`error: ${printable(cause)}\n`]),
    ...(cure === undefined ? [] : [`hint: ${printable(cure)}\n`]),
  ].join('');
}
