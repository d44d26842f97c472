import { formatDiagnostic } from '../../../shared/format-diagnostic.ts';
import type { EngineFailure, Outcome } from '../../engine/failure.ts';
import { LabError } from '../failure.ts';

/** What the engine gives; throws a LabError where it says no. */
export async function demand<T>(doing: string, outcome: Promise<Outcome<T>>): Promise<T> {
  const reached = await outcome;
  if (reached.ok) return reached.value;
  throw new LabError({ kind: 'engine', doing, text: describe(reached.failure) });
}

function describe(failure: EngineFailure): string {
  switch (failure.kind) {
    case 'diagnostics':
      return failure.diagnostics
        .map((diagnostic) => formatDiagnostic(diagnostic, failure.sources.get(diagnostic.span.file)))
        .join('\n');
    case 'helper':
      return `${failure.message}\n${failure.cure}`.trimEnd();
    case 'filter-not-found':
      return `There is no filter ${failure.name}; give a stock filter's name or the path of an XML file.`;
    default:
      return Object.values(failure).join(' ');
  }
}
