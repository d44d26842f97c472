import type { Port } from '../../shared/network/port.ts';
import type { Binding } from '../../shared/nwfilter/binding.ts';
import type { Cure } from '../../shared/plan/network-setup.ts';
import type { Plug } from '../../shared/plan/plug.ts';

/** A guest's NIC that somebody else has plugged into the bridge of a network. */
export interface PluggedNic {
  readonly device: string;
  /** The network's name. */
  readonly network: string;
  /** The guest's, 48 bits. */
  readonly mac: bigint;
}

/** One thing that a user wants to be otherwise. Several make one plan: all of them happen, or none. */
export type Change = FilterChange | NetworkChange;

export type FilterChange =
  | { readonly change: 'define-filter'; readonly text: string; readonly file: string }
  | { readonly change: 'undefine-filter'; readonly nameOrUuid: string }
  | { readonly change: 'create-binding'; readonly text: string; readonly file: string }
  /** A binding that was not written as XML; replaces one of the device if `replace` is set. */
  | { readonly change: 'bind'; readonly binding: Binding; readonly replace: boolean }
  | { readonly change: 'delete-binding'; readonly device: string };

export type NetworkChange =
  /** Makes or changes a persistent network; one that is started goes on as it is until `start-network` or `apply-live`. */
  | { readonly change: 'define-network'; readonly text: string; readonly file: string }
  /** Starts a network that lasts until it is destroyed. */
  | { readonly change: 'create-network'; readonly text: string; readonly file: string }
  /** Here and below: name or UUID. */
  | { readonly change: 'undefine-network'; readonly network: string }
  | { readonly change: 'start-network'; readonly network: string }
  | { readonly change: 'destroy-network'; readonly network: string }
  | { readonly change: 'autostart-network'; readonly network: string; readonly autostart: boolean }
  /** Brings a started network to what this text says, in place where that can be done. */
  | { readonly change: 'apply-live'; readonly network: string; readonly text: string; readonly file: string }
  /** virsh net-update: one element of one section. parentIndex: which `<ip>` block, -1 where it can be told by itself. */
  | {
      readonly change: 'update-network';
      readonly network: string;
      readonly command: 'add-first' | 'add-last' | 'delete' | 'modify';
      readonly section: string;
      readonly text: string;
      readonly file: string;
      readonly parentIndex: number;
      readonly live: boolean;
      readonly config: boolean;
    }
  /** The cures that a started network has from now on; they go with it. */
  | { readonly change: 'cure-network'; readonly network: string; readonly cures: readonly Cure[] }
  | { readonly change: 'create-port'; readonly port: Port }
  | { readonly change: 'delete-port'; readonly device: string }
  /** Gives NICs that others have plugged in the default filter of their network, and takes it from those that are gone. */
  | { readonly change: 'adopt-nics'; readonly plugged: readonly PluggedNic[]; readonly gone: readonly string[] }
  /** Plugs a port's guest, or a NIC of another program's, into another network; the filter holds all the while. */
  | { readonly change: 'move-port'; readonly device: string; readonly network: string }
  /** Puts a NIC of another program's from one bridge into another (absent: none), and leaves its filter as it is. */
  | { readonly change: 'plug-nic'; readonly plug: Plug };

const filterChanges: ReadonlySet<Change['change']> = new Set<FilterChange['change']>([
  'define-filter',
  'undefine-filter',
  'create-binding',
  'bind',
  'delete-binding',
]);

export function isFilterChange(change: Change): change is FilterChange {
  return filterChanges.has(change.change);
}
