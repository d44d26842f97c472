import type { ConnectionState } from '../../../shared/nwfilter/values.ts';

/** What the machine knows of a packet beyond its bytes. */
export interface ConnectionView {
  readonly state: ConnectionState | 'UNTRACKED';
  readonly direction: 'original' | 'reply';
  /** Connections from the packet's source address that are open, this one included. */
  readonly openFromSource: number;
  /** Whether the named ipset holds the packet's addresses or ports. */
  inSet(name: string, flags: readonly ('src' | 'dst')[]): boolean;
}

/** A packet that opens a connection, on a machine without ipsets. */
export const newConnection: ConnectionView = {
  state: 'NEW',
  direction: 'original',
  openFromSource: 1,
  inSet: () => false,
};
