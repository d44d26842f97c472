import { formatIpv4, parseIpv4 } from '../net/ipv4.ts';
import { formatIpv6, parseIpv6 } from '../net/ipv6.ts';
import { formatMac, parseMac } from '../net/mac.ts';
import { type FieldType, fields } from './field-table.ts';
import type { Field } from './fields.ts';

/** A value's notation: `parse` reads it, and `format` gives the one spelling that is allowed. */
interface Notation {
  parse(text: string): bigint | undefined;
  format(value: bigint): string;
  readonly describe: string;
}

const decimal: Notation = {
  parse: (text) => (/^[0-9]{1,39}$/.test(text) ? BigInt(text) : undefined),
  format: (value) => value.toString(),
  describe: 'a decimal number',
};

const hexadecimal: Notation = {
  parse: (text) => (/^0x[0-9a-f]{1,32}$/.test(text) ? BigInt(text) : undefined),
  format: (value) => `0x${value.toString(16)}`,
  describe: '0x and hexadecimal digits',
};

const notations: Readonly<Record<FieldType, Notation>> = {
  ether_addr: { parse: parseMac, format: formatMac, describe: 'a MAC address' },
  ipv4_addr: { parse: parseIpv4, format: formatIpv4, describe: 'an IPv4 address' },
  ipv6_addr: { parse: parseIpv6, format: formatIpv6, describe: 'an IPv6 address' },
  ether_type: decimal,
  inet_proto: decimal,
  inet_service: decimal,
  integer: decimal,
};

/** Width in bits. */
export function fieldBits(field: Field): number {
  return typeof field === 'string' ? fields[field].bits : field.length;
}

/**
 * Reads a value of a field; undefined where it is not one, is too wide, or is not spelled as `formatFieldValue` spells it. One spelling only:
 * elements are told apart by their text, and the kernel tells them apart by their bytes.
 */
export function parseFieldValue(field: Field, text: string): bigint | undefined {
  const { parse, format } = notationOf(field);
  const value = parse(text);
  if (value === undefined || value >> BigInt(fieldBits(field)) !== 0n || format(value) !== text) return undefined;
  return value;
}

/** Spells a value of a field. */
export function formatFieldValue(field: Field, value: bigint): string {
  return notationOf(field).format(value);
}

/** What `parseFieldValue` takes, for messages: "a MAC address", "a decimal number of at most 12 bits". */
export function describeFieldValue(field: Field): string {
  const { describe } = notationOf(field);
  const addressed = typeof field === 'string' && fields[field].type.endsWith('_addr');
  return addressed ? describe : `${describe}, at most ${fieldBits(field)} bits`;
}

function notationOf(field: Field): Notation {
  return typeof field === 'string' ? notations[fields[field].type] : hexadecimal;
}
