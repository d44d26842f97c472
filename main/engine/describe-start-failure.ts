import type { StartFailure } from './find-helper.ts';

export interface Described {
  readonly message: string;
  readonly cure: string;
}

/** Why the helper did not start, for a person, and what would help. */
export function describeStartFailure(failure: StartFailure): Described {
  switch (failure.kind) {
    case 'helper-missing':
      return {
        message: `The root helper cannot be started from ${failure.path}: ${failure.message}`,
        cure: 'Build or install Guestward again.',
      };
    case 'helper-not-trusted':
      return {
        message: `The root helper ${failure.path} is not to be trusted: ${failure.message}`,
        cure: 'Install Guestward again, or give the file back to root alone.',
      };
    case 'cancelled':
      return {
        message: 'The question for the password was closed',
        cure: 'Run the command again and answer it, or run it as root.',
      };
    case 'not-authorised':
      return {
        message: `The helper was not allowed to run as root: ${failure.message}`,
        cure: 'Run the command as root, or as a user who may use sudo.',
      };
    case 'helper-died':
      return {
        message: `The root helper ended without an answer: ${failure.message}`,
        cure: 'Try again; if it stays so, report it with this message.',
      };
  }
}
