import type { Failure } from '../../shared/rpc/failure.ts';
import type { EngineFailure } from '../engine/failure.ts';
import { describeEngineFailure } from '../engine/words/describe-engine-failure.ts';

/** A failure of the engine as it crosses the border: its kind, the words that the command line has for it, findings with the texts they stand in. */
export function failureOf(failure: EngineFailure): Failure {
  const { cause, cure } = describeEngineFailure(failure);
  const kind = failure.kind === 'helper' ? failure.code : failure.kind;
  if (failure.kind !== 'diagnostics') return { kind, message: cause ?? kind, ...(cure !== undefined && { cure }) };
  const files = new Set(
    failure.diagnostics
      .flatMap(({ span, notes = [] }) => [span, ...notes.map((note) => note.span)])
      .map(({ file }) => file),
  );
  return {
    kind,
    message: cause ?? 'What was written is not right yet; nothing was changed',
    diagnostics: failure.diagnostics.map((each) => ({
      ...each,
      notes: each.notes === undefined ? undefined : [...each.notes],
    })),
    sources: Object.fromEntries([...failure.sources].filter(([file]) => files.has(file))),
  };
}
