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
    default:
      return `It was refused: ${Object.values(failure).join(' ')}.`;
  }
}
