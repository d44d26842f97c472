import type { NetworkDocument } from '../../shared/network/network-document.ts';
import type { Port } from '../../shared/network/port.ts';
import type { Binding } from '../../shared/nwfilter/binding.ts';
import type { FilterDocument } from '../../shared/nwfilter/filter-document.ts';
import type { NetworkSetup } from '../../shared/plan/network-setup.ts';
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

/** A network as it is kept. */
export interface NetworkText {
  readonly document: NetworkDocument;
  readonly text: string;
}

/** Persistent, started, or both; then the two can differ. */
export interface StoredNetwork {
  readonly name: string;
  readonly persistent: NetworkText | undefined;
  readonly live: NetworkText | undefined;
}

/** All that stands: definitions by name, and what is in force. A value; changes make a new one. */
export interface Workspace {
  /** Stock filters included. */
  readonly filters: ReadonlyMap<string, StoredFilter>;
  readonly bindings: ReadonlyMap<string, StoredBinding>;
  readonly networks: ReadonlyMap<string, StoredNetwork>;
  /** By device. */
  readonly ports: ReadonlyMap<string, Port>;
  /** What the helper keeps of started networks, by name. */
  readonly setups: Readonly<Record<string, NetworkSetup>>;
  readonly ruleset: Ruleset;
  readonly generation: number;
  readonly abilities: KernelAbilities;
}
