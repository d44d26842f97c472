import type { ConnectionState } from '../../../../shared/nwfilter/values.ts';
import type { TcpSide } from './tcp-window.ts';

export type TcpState =
  | 'syn-sent'
  | 'syn-received'
  | 'established'
  | 'fin-wait'
  | 'close-wait'
  | 'last-ack'
  | 'time-wait'
  | 'close'
  | 'simultaneous';

/** An entry of the connection table. */
export interface Connection {
  readonly seenReply: boolean;
  readonly tcp?: TcpState;
  readonly tcpSides?: { readonly original: TcpSide; readonly reply: TcpSide };
  /** Whether its segments may lie outside the window. */
  readonly tcpLiberal?: boolean;
  /** Whether a side has said that it will send no more. */
  readonly tcpFinished?: boolean;
  /** The side whose reset came last. */
  readonly tcpReset?: 'original' | 'reply' | undefined;
  /** SCTP verification tags that packets of the original and of the reply direction carry; undefined until known. */
  readonly sctpTags?: { readonly original: bigint | undefined; readonly reply: bigint | undefined };
}

/** What a protocol's tracker says of a packet: no connection at all, or the connection as it is after the packet. */
export type Tracked =
  | { readonly kind: 'untracked' | 'invalid' }
  | { readonly kind: 'related' }
  /** A closed connection that is opened anew: it is forgotten, and the packet looked at again. */
  | { readonly kind: 'reopened' }
  | { readonly kind: 'connection'; readonly connection: Connection };

/** How the machine sees a packet. */
export interface Classification {
  readonly state: ConnectionState | 'UNTRACKED';
  readonly direction: 'original' | 'reply';
  /** Whether connections can be counted by this packet. */
  readonly countable: boolean;
}

export const invalid: Tracked = { kind: 'invalid' };
