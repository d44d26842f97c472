import type { Diagnostic } from '../../shared/diagnostic.ts';
import type { Engine } from '../engine/engine.ts';
import type { Outcome } from '../engine/failure.ts';
import type { CliFailure } from './cli-failure.ts';
import type { Terminal } from './terminal.ts';

export interface VerbOption {
  /** Without the dashes. */
  readonly name: string;
  /** One letter that stands for it behind a single dash. */
  readonly short?: string;
  /** What stands for its value in the help; a switch has none. */
  readonly value?: string;
  /** Whether it may be given several times. */
  readonly many?: boolean;
  readonly description: string;
}

/** What stands behind the verb. As with virsh, it may also be given as an option of its name. */
export interface VerbArgument {
  readonly name: string;
  readonly many?: boolean;
  /** The option that can stand for it; without either, the call is not complete. */
  readonly unless?: string;
  /** May be left out. */
  readonly optional?: boolean;
  readonly description: string;
}

/** What a verb has to say. The runner prints it, as text or as JSON, and knows the exit status from it. */
export type Report =
  | {
      readonly ok: true;
      readonly text: string;
      readonly json: unknown;
      readonly warnings?: readonly Diagnostic[];
      readonly sources?: ReadonlyMap<string, string>;
      /** What the user should know although all went well; sentences. */
      readonly notes?: readonly string[];
    }
  | { readonly ok: false; readonly headline?: string | undefined; readonly failure: CliFailure };

/** A verb as it was typed. */
export interface Call {
  readonly terminal: Terminal;
  /** Of all arguments, in their order. */
  readonly values: readonly string[];
  /** Of one of several arguments. */
  valuesOf(argument: string): readonly string[];
  readonly dryRun: boolean;
  /** Only what was asked for: no headings, no "done". */
  readonly quiet: boolean;
  has(option: string): boolean;
  text(option: string): string | undefined;
  texts(option: string): readonly string[];
  /** The filters that are about to be used can be named, and are then read while the helper starts. */
  openEngine(filters?: readonly string[]): Promise<Outcome<Engine>>;
}

export interface Verb {
  readonly name: string;
  /** A few words, for the list of verbs. */
  readonly summary: string;
  /** One or more sentences, for the verb's own help. */
  readonly description: string;
  readonly argument?: VerbArgument;
  /** What stands behind the argument, in this order; only the last may take several words. */
  readonly furtherArguments?: readonly VerbArgument[];
  readonly options?: readonly VerbOption[];
  /** Whether it changes definitions, and so can be tried without doing so. */
  readonly changes?: boolean;
  /** Whether it needs the right to change something; those that change definitions do. */
  readonly writes?: boolean;
  /** The option with which alone it needs that right. */
  readonly writesWith?: string;
  /** Whether its output is virsh's, down to the empty line at its end. */
  readonly ofVirsh?: boolean;
  /** Does it. A number is the exit status of a verb that has said all there is to say by itself. */
  run(call: Call): Promise<Report | number>;
}
