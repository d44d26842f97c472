import { describeEngineFailure, type FailureWords } from '../../engine/words/describe-engine-failure.ts';
import type { CliFailure } from '../cli-failure.ts';

/** What a failure says to a person: the engine's words, and the command line's own. */
export function describeFailure(failure: CliFailure): FailureWords {
  switch (failure.kind) {
    case 'usage':
    case 'editor':
      return { cause: failure.message, cure: failure.cure === '' ? undefined : failure.cure };
    case 'unreadable-file':
      return { cause: `Failed to open file '${failure.file}': ${failure.reason}`, cure: undefined };
    default:
      return describeEngineFailure(failure);
  }
}
