import type { EngineFailure } from '../engine/failure.ts';

/** What can keep a verb from its work: all that stops the engine, and what the command line itself runs into. */
export type CliFailure =
  | EngineFailure
  /** The words on the command line do not make a call; `cure` is a sentence or empty. */
  | { readonly kind: 'usage'; readonly message: string; readonly cure: string }
  | { readonly kind: 'unreadable-file'; readonly file: string; readonly reason: string }
  | { readonly kind: 'editor'; readonly message: string; readonly cure: string };

export const usage = (message: string, cure = ''): { readonly ok: false; readonly failure: CliFailure } => ({
  ok: false,
  failure: { kind: 'usage', message, cure },
});

export const refused = (message: string, cure = ''): { readonly ok: false; readonly failure: CliFailure } => ({
  ok: false,
  failure: { kind: 'refused', message, cure },
});

/** The outcome of a step of the command line. */
export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: CliFailure };
