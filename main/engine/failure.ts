import type { Diagnostic } from '../../shared/diagnostic.ts';
import type { NetworkFailure } from './networks/network-failure.ts';

/** What is in the way of a change, and what would clear it. Nothing was changed. */
export type EngineFailure =
  | NetworkFailure
  /** Findings in what was written; `sources` holds the texts by file name, for excerpts. */
  | {
      readonly kind: 'diagnostics';
      readonly diagnostics: readonly Diagnostic[];
      readonly sources: ReadonlyMap<string, string>;
      /** The NICs that could not take the change, where it was refused for their sake. */
      readonly devices: readonly string[];
    }
  | { readonly kind: 'filter-not-found'; readonly name: string }
  | { readonly kind: 'binding-not-found'; readonly device: string }
  | { readonly kind: 'binding-exists'; readonly device: string; readonly filter: string }
  | { readonly kind: 'uuid-mismatch'; readonly name: string; readonly stored: string; readonly given: string }
  | { readonly kind: 'uuid-taken'; readonly uuid: string; readonly by: string }
  /** By bindings (device names) or by filters that refer to it. */
  | {
      readonly kind: 'filter-in-use';
      readonly name: string;
      readonly devices: readonly string[];
      readonly filters: readonly string[];
    }
  /** A stock filter that nobody redefined has nothing to be undone. */
  | { readonly kind: 'stock-filter'; readonly name: string }
  | { readonly kind: 'mac-unknown'; readonly device: string }
  /** The journal has no entry of this number. */
  | { readonly kind: 'activity-not-found'; readonly id: number }
  | { readonly kind: 'activity-undone'; readonly id: number }
  | { readonly kind: 'undo-impossible'; readonly id: number; readonly because: string }
  /** These definitions, in words, are not as the entry left them. */
  | { readonly kind: 'undo-conflict'; readonly id: number; readonly definitions: readonly string[] }
  /** What is dropped is counted and not told of; what: the backend, or the kernel. */
  | { readonly kind: 'no-drop-log'; readonly what: string }
  /** What is asked for cannot be had here; `cure` is a sentence or empty. */
  | { readonly kind: 'refused'; readonly message: string; readonly cure: string }
  /** GUESTWARD_BACKEND names a backend that is not there, or none works on this machine. */
  | { readonly kind: 'backend-unavailable'; readonly wanted: string; readonly reason: string }
  /** The helper refused or could not be reached; cause and cure are its own words. */
  | { readonly kind: 'helper'; readonly code: string; readonly message: string; readonly cure: string };

export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly failure: EngineFailure };
