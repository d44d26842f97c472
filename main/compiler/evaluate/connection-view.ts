import type { ConnectionState } from '../../../shared/nwfilter/values.ts';

/** What the machine knows of a packet beyond its bytes. */
export interface ConnectionView {
  readonly state: ConnectionState | 'UNTRACKED';
  readonly direction: 'original' | 'reply';
  /** Whether the packet is of a connection at all. One that is not is dropped where it would be counted (kernel: nft_connlimit, xt_connlimit). */
  readonly countable: boolean;
  /** Connections from the packet's source address that are open, this one included. */
  readonly openFromSource: number;
  /** Whether the named ipset holds the packet's addresses or ports. */
  inSet(name: string, flags: readonly ('src' | 'dst')[]): boolean;
}

/** A packet that opens a connection, on a machine without ipsets. */
export const newConnection: ConnectionView = {
  state: 'NEW',
  direction: 'original',
  countable: true,
  openFromSource: 1,
  inSet: () => false,
};
