import { formatIpv4 } from '../../../../shared/net/ipv4.ts';
import { formatIpv6 } from '../../../../shared/net/ipv6.ts';
import { formatMac } from '../../../../shared/net/mac.ts';
import { type FieldName, fields } from '../../../../shared/plan/field-table.ts';
import type { Field, RawField } from '../../../../shared/plan/fields.ts';
import type { HeaderField } from '../../policy/header-field.ts';

/** What a rule's packets are, as far as it decides how nft names a field. */
export type FieldContext = 'arp' | 'rarp' | 'ipv4' | 'ipv6' | 'other';

const network = (offsetBytes: number, lengthBytes: number): RawField => ({
  raw: 'nh',
  offset: offsetBytes * 8,
  length: lengthBytes * 8,
});

/** Fields for which nft has no name. */
const rawFields: Partial<Readonly<Record<HeaderField, RawField>>> = {
  'stp-header': network(0, 5),
  'stp-type': network(6, 1),
  'stp-flags': network(7, 1),
  'stp-root-priority': network(8, 2),
  'stp-root-address': network(10, 6),
  'stp-root-cost': network(16, 4),
  'stp-sender-priority': network(20, 2),
  'stp-sender-address': network(22, 6),
  'stp-port': network(28, 2),
  'stp-age': network(30, 2),
  'stp-max-age': network(32, 2),
  'stp-hello-time': network(34, 2),
  'stp-forward-delay': network(36, 2),
};

/** nft takes `arp ...` for EtherType 0x0806 alone; RARP's fields lie in the same places. */
const arpPlaces: Partial<Readonly<Record<HeaderField, { readonly name: FieldName; readonly raw: RawField }>>> = {
  'arp-hardware-type': { name: 'arp htype', raw: network(0, 2) },
  'arp-protocol-type': { name: 'arp ptype', raw: network(2, 2) },
  'arp-hardware-length': { name: 'arp hlen', raw: network(4, 1) },
  'arp-protocol-length': { name: 'arp plen', raw: network(5, 1) },
  'arp-opcode': { name: 'arp operation', raw: network(6, 2) },
  'arp-sender-mac': { name: 'arp saddr ether', raw: network(8, 6) },
  'arp-sender-ip': { name: 'arp saddr ip', raw: network(14, 4) },
  'arp-target-mac': { name: 'arp daddr ether', raw: network(18, 6) },
  'arp-target-ip': { name: 'arp daddr ip', raw: network(24, 4) },
};

const names: Partial<Readonly<Record<HeaderField, FieldName>>> = {
  'ether-source': 'ether saddr',
  'ether-destination': 'ether daddr',
  'ether-type': 'ether type',
  'vlan-id': 'vlan id',
  'vlan-type': 'vlan type',
  'ip-source': 'ip saddr',
  'ip-destination': 'ip daddr',
  'ip-protocol': 'ip protocol',
  'ip-dscp': 'ip dscp',
  'ip6-source': 'ip6 saddr',
  'ip6-destination': 'ip6 daddr',
  'ip6-dscp': 'ip6 dscp',
  'transport-protocol': 'meta l4proto',
  'source-port': 'th sport',
  'destination-port': 'th dport',
};

export function nftField(field: HeaderField, context: FieldContext): Field {
  const raw = rawFields[field];
  if (raw !== undefined) return raw;
  const arp = arpPlaces[field];
  if (arp !== undefined) return context === 'arp' ? arp.name : arp.raw;
  if (field === 'icmp-type') return context === 'ipv6' ? 'icmpv6 type' : 'icmp type';
  if (field === 'icmp-code') return context === 'ipv6' ? 'icmpv6 code' : 'icmp code';
  const name = names[field];
  if (name === undefined) throw new Error(`nftables knows no field ${field}.`);
  return name;
}

/** A number as nft writes it in this field. */
export function fieldValue(field: Field, value: bigint): string {
  if (typeof field !== 'string') return `0x${value.toString(16)}`;
  switch (fields[field].type) {
    case 'ether_addr':
      return formatMac(value);
    case 'ipv4_addr':
      return formatIpv4(value);
    case 'ipv6_addr':
      return formatIpv6(value);
    default:
      return value.toString();
  }
}

const representatives: readonly FieldName[] = [
  'ether saddr',
  'ip saddr',
  'ip6 saddr',
  'th dport',
  'meta l4proto',
  'ether type',
];

/** One field for all of the same type, so that sets of MAC addresses are declared alike whatever looks them up. */
export function setField(field: Field): Field {
  if (typeof field !== 'string') return { raw: field.raw, offset: 0, length: field.length };
  const { type, bits } = fields[field];
  return representatives.find((name) => fields[name].type === type && fields[name].bits === bits) ?? field;
}
