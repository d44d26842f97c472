/** How the elements of a list variable are walked: one element, or an iterator that is shared by equal ids. */
export type VariableAccess =
  | { readonly kind: 'iterator'; readonly name: string; readonly iterator: number }
  | { readonly kind: 'element'; readonly name: string; readonly index: number };

export const tcpFlagBits = { FIN: 0x01, SYN: 0x02, RST: 0x04, PSH: 0x08, ACK: 0x10, URG: 0x20 } as const;
export type TcpFlagName = keyof typeof tcpFlagBits;

export const connectionStates = ['NEW', 'ESTABLISHED', 'RELATED', 'INVALID'] as const;
export type ConnectionState = (typeof connectionStates)[number];

/** A value with no variable left. Addresses and masks are numbers of their width, so that masks and ranges are arithmetic. */
export type LiteralValue =
  | { readonly kind: 'number'; readonly value: number; readonly hex: boolean }
  | { readonly kind: 'mac'; readonly value: bigint }
  | { readonly kind: 'ipv4'; readonly value: bigint }
  | { readonly kind: 'ipv6'; readonly value: bigint }
  /** Netmask as the count of leading one bits. */
  | { readonly kind: 'prefix'; readonly length: number }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'tcp-flags'; readonly mask: number; readonly flags: number }
  /** An empty list is state='NONE': no state is looked at, and none implied. */
  | { readonly kind: 'states'; readonly states: readonly ConnectionState[] }
  | { readonly kind: 'ipset-flags'; readonly flags: readonly ('src' | 'dst')[] };

/** What the XML may hold at an attribute. */
export type AttributeValue = LiteralValue | { readonly kind: 'variable'; readonly access: VariableAccess };
