import type { Failure } from '../../shared/rpc/failure.ts';

/** How an expected failure goes through react-query, which knows errors only by being thrown. */
export class CallFailed extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.name = 'CallFailed';
    this.failure = failure;
  }
}

/** What is to be shown of anything that went wrong. */
export function failureOf(error: unknown): Failure {
  if (error instanceof CallFailed) return error.failure;
  return { kind: 'internal', message: error instanceof Error ? error.message : String(error) };
}
