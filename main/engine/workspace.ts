import type { Binding } from '../../shared/nwfilter/binding.ts';
import type { FilterDocument } from '../../shared/nwfilter/filter-document.ts';
import type { Ruleset } from '../../shared/plan/ruleset.ts';
import type { KernelAbilities } from '../compiler/backends/backend.ts';

export interface StoredFilter {
  /** A stock filter is read when it is first asked for. */
  readonly document: FilterDocument;
  /** The file name that the document's places carry. */
  readonly file: string;
  /** As the user wrote it, with the uuid put in. */
  readonly text: string;
  /** The program's own, which nobody has redefined. */
  readonly stock: boolean;
}

export interface StoredBinding {
  readonly binding: Binding;
  readonly text: string;
}

/** All that stands: definitions by name, and what is in force. A value; changes make a new one. */
export interface Workspace {
  /** Stock filters included. */
  readonly filters: ReadonlyMap<string, StoredFilter>;
  readonly bindings: ReadonlyMap<string, StoredBinding>;
  readonly ruleset: Ruleset;
  readonly generation: number;
  readonly abilities: KernelAbilities;
}
