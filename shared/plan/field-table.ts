/** nftables set data types that a field can have. */
export type FieldType =
  | 'ether_addr'
  | 'ipv4_addr'
  | 'ipv6_addr'
  | 'ether_type'
  | 'inet_proto'
  | 'inet_service'
  | 'integer';

/** The header fields and metadata that a rule may look at, by their nft names. */
export const fields = {
  'ether saddr': { type: 'ether_addr', bits: 48 },
  'ether daddr': { type: 'ether_addr', bits: 48 },
  'ether type': { type: 'ether_type', bits: 16 },
  'vlan id': { type: 'integer', bits: 12 },
  'vlan type': { type: 'ether_type', bits: 16 },
  'arp htype': { type: 'integer', bits: 16 },
  'arp ptype': { type: 'integer', bits: 16 },
  'arp hlen': { type: 'integer', bits: 8 },
  'arp plen': { type: 'integer', bits: 8 },
  'arp operation': { type: 'integer', bits: 16 },
  'arp saddr ether': { type: 'ether_addr', bits: 48 },
  'arp saddr ip': { type: 'ipv4_addr', bits: 32 },
  'arp daddr ether': { type: 'ether_addr', bits: 48 },
  'arp daddr ip': { type: 'ipv4_addr', bits: 32 },
  'ip saddr': { type: 'ipv4_addr', bits: 32 },
  'ip daddr': { type: 'ipv4_addr', bits: 32 },
  'ip protocol': { type: 'inet_proto', bits: 8 },
  'ip dscp': { type: 'integer', bits: 6 },
  'ip6 saddr': { type: 'ipv6_addr', bits: 128 },
  'ip6 daddr': { type: 'ipv6_addr', bits: 128 },
  'ip6 dscp': { type: 'integer', bits: 6 },
  'meta nfproto': { type: 'integer', bits: 8 },
  'meta l4proto': { type: 'inet_proto', bits: 8 },
  'th sport': { type: 'inet_service', bits: 16 },
  'th dport': { type: 'inet_service', bits: 16 },
  'icmp type': { type: 'integer', bits: 8 },
  'icmp code': { type: 'integer', bits: 8 },
  'icmpv6 type': { type: 'integer', bits: 8 },
  'icmpv6 code': { type: 'integer', bits: 8 },
} as const satisfies Readonly<Record<string, { readonly type: FieldType; readonly bits: number }>>;

export type FieldName = keyof typeof fields;
