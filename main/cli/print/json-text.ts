import type { Report } from '../verb.ts';
import { describeFailure } from './describe-failure.ts';

/** JSON has no maps and no 48 or 128 bit numbers. */
function plain(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  return value instanceof Map ? Object.fromEntries(value) : value;
}

/** A report as one JSON document: the verb's own value, or an object with `error`. */
export function jsonText(report: Report): string {
  if (report.ok) return `${JSON.stringify(report.json, plain, 2)}\n`;
  const { failure, headline } = report;
  const { cause, cure } = describeFailure(failure);
  const { sources: _, ...facts } = failure.kind === 'diagnostics' ? failure : { ...failure, sources: undefined };
  return `${JSON.stringify({ error: { ...facts, headline, cause, cure } }, plain, 2)}\n`;
}
