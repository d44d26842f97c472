/** Where in a text something stands. Lines and columns count from 1; length is in UTF-16 units, 0 for a bare position. */
export interface SourceSpan {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly length: number;
}

export type Severity = 'error' | 'warning';

/** A finding about something a user wrote: data, printed by `formatDiagnostic`, never thrown. */
export interface Diagnostic {
  readonly code: string;
  readonly severity: Severity;
  /** What is wrong, one sentence without the position. */
  readonly message: string;
  readonly span: SourceSpan;
  /** The filter the finding is in, where one is known. */
  readonly filter?: string | undefined;
  readonly attribute?: string | undefined;
  /** The text that was found and what would have been right. */
  readonly found?: string | undefined;
  readonly expected?: string | undefined;
  /** Other places that explain the finding ("first defined here", "referenced from here"). */
  readonly notes?: readonly { readonly message: string; readonly span: SourceSpan }[] | undefined;
}

/** The outcome of a stage that reads what a user wrote. */
export type Checked<T> =
  | { readonly ok: true; readonly value: T; readonly warnings: readonly Diagnostic[] }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };
