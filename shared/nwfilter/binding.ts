import type { SourceSpan } from '../diagnostic.ts';
import type { Parameters } from './filter-document.ts';

/** A NIC's tie to a filter: libvirt's `<filterbinding>`. */
export interface Binding {
  /** The network device on the host, e.g. `vnet0`; it may not exist yet. */
  readonly device: string;
  /** The guest's MAC address; undefined where it has to be found out. */
  readonly mac: bigint | undefined;
  /** The machine that the NIC belongs to. */
  readonly owner?: { readonly name: string; readonly uuid: string };
  /** The network whose default filter this is: the NIC has it for having been plugged in there, and it goes with the NIC. */
  readonly adoptedBy?: string;
  readonly filter: string;
  readonly parameters: Parameters;
  readonly span: SourceSpan;
}
