import type { ConnectionState } from '../../../../shared/nwfilter/values.ts';

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
  /** The sequence number after the last byte that each side has sent; undefined until it sends. */
  readonly tcpEnds?: { readonly original: number | undefined; readonly reply: number | undefined };
  /** SCTP verification tags that packets of the original and of the reply direction carry; undefined until known. */
  readonly sctpTags?: { readonly original: bigint | undefined; readonly reply: bigint | undefined };
}

/** What a protocol's tracker says of a packet: no connection at all, or the connection as it is after the packet. */
export type Tracked =
  | { readonly kind: 'untracked' | 'invalid' }
  | { readonly kind: 'related' }
  | { readonly kind: 'connection'; readonly connection: Connection };

/** How the machine sees a packet. */
export interface Classification {
  readonly state: ConnectionState | 'UNTRACKED';
  readonly direction: 'original' | 'reply';
}

export const invalid: Tracked = { kind: 'invalid' };
