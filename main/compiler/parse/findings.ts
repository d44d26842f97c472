import type { Checked, Diagnostic, Severity, SourceSpan } from '../../../shared/diagnostic.ts';

export type Details = Pick<Diagnostic, 'attribute' | 'found' | 'expected' | 'notes'>;
type Report = (code: string, message: string, span: SourceSpan, details?: Details) => void;

/** Collects what is wrong with one document, so that a reader can go on after an error. */
export interface Findings {
  readonly error: Report;
  readonly warn: Report;
  /** The document, unless an error was found in it; findings in the order of the text, with the name of their filter. */
  readonly conclude: <T>(value: T, filter: string | undefined) => Checked<T>;
}

const byPlace = (a: Diagnostic, b: Diagnostic): number =>
  a.span.line - b.span.line || a.span.column - b.span.column || a.code.localeCompare(b.code);

export function createFindings(): Findings {
  const found: Diagnostic[] = [];
  const report =
    (severity: Severity): Report =>
    (code, message, span, details = {}) => {
      found.push({ code, severity, message, span, ...details });
    };
  return {
    error: report('error'),
    warn: report('warning'),
    conclude: (value, filter) => {
      const named = found.map((finding) => (filter === undefined ? finding : { ...finding, filter })).sort(byPlace);
      const failed = named.some((finding) => finding.severity === 'error');
      return failed ? { ok: false, diagnostics: named } : { ok: true, value, warnings: named };
    },
  };
}
