import { fields } from './field-table.ts';
import type { Field } from './fields.ts';
import type { LookupKey, PortKey } from './ruleset.ts';

const portKeys: Readonly<Record<PortKey, string>> = { iifname: 'iifname', oifname: 'oifname', mark: 'meta mark' };

/** The expression that loads a port's key. */
export function writePortKey(key: PortKey): string {
  return portKeys[key];
}

/** The expression that loads a field. */
export function writeField(field: Field): string {
  return typeof field === 'string' ? field : `@${field.raw},${field.offset},${field.length}`;
}

/** A value beside its field. EtherTypes as people know them; a name would make nft match the frame's protocol instead of its bytes. */
export function writeFieldValue(field: Field, value: string): string {
  const isEtherType = typeof field === 'string' && fields[field].type === 'ether_type';
  return isEtherType ? `0x${Number(value).toString(16).padStart(4, '0')}` : value;
}

/** The expression that a set is looked up with: the port's key, if there is one, and the fields. */
export function writeLookup(key: LookupKey, parts: readonly Field[]): string {
  return [...(key === 'none' ? [] : [writePortKey(key)]), ...parts.map(writeField)].join(' . ');
}
