import { fields } from './field-table.ts';
import { describeFieldValue, parseFieldValue } from './field-value.ts';
import type { Field } from './fields.ts';
import type { LookupKey, Match, SetDefinition } from './ruleset.ts';
import type { TableShape } from './shape.ts';
import type { TableFamily } from './table-families.ts';

/** Why a match cannot stand in a rule of this table, as sentences; none when it can. */
export function checkMatch(match: Match, family: TableFamily, table: TableShape): readonly string[] {
  switch (match.match) {
    case 'compare':
      return [
        ...checkField(match.field, family),
        ...checkValue(match.field, match.value),
        ...(match.mask === undefined ? [] : checkMask(match.field, match.value, match.mask)),
      ];
    case 'range':
      return [...checkField(match.field, family), ...checkRange(match.field, match.low, match.high)];
    case 'lookup':
      return [
        ...match.fields.flatMap((field) => checkField(field, family)),
        ...checkSet(table, match.set, { kind: 'values', key: keyType(match.key), fields: match.fields }),
      ];
    case 'connections':
      return [
        ...match.fields.flatMap((field) => checkField(field, family)),
        ...checkSet(table, match.set, { kind: 'connections', key: keyType(match.key), fields: match.fields }),
      ];
    case 'same-byte':
      return [match.left, match.right].every(({ offset, length }) => length === 8 && offset % 8 === 0)
        ? []
        : ['two whole bytes are wanted'];
    case 'tcp-flags':
      return (match.flags & ~match.mask) === 0 ? [] : ['the flags have bits outside their mask and never match'];
    case 'ct-state':
      return new Set(match.states).size === match.states.length ? [] : ['a connection state stands twice'];
    case 'address-type':
    case 'before':
      return family === 'inet' ? [] : [`${match.match} can be looked at in the inet table only`];
    case 'ct-status':
    case 'interface':
    case 'ct-direction':
    case 'tcp-option':
    case 'own-mark':
      return [];
  }
}

/** The type of key that a set must have to be looked up with this one. */
export function keyType(key: LookupKey): SetDefinition['key'] {
  return key === 'mark' || key === 'none' ? key : 'ifname';
}

/** Why the set cannot be used as one of this definition. */
export function checkSet(table: TableShape, name: string, wanted: SetDefinition): readonly string[] {
  const found = table.sets.get(name);
  if (found === undefined) return [`there is no set ${name}`];
  if (layoutOf(found) === layoutOf(wanted)) return [];
  return [`the set ${name} holds ${describeSet(found)}, not ${describeSet(wanted)}`];
}

/** What makes a set usable: its kind and the data types of its key, whichever field they are read from. */
function layoutOf({ kind, key, fields: parts }: SetDefinition): string {
  return [kind, key, ...parts.map(dataLayout)].join(' . ');
}

/** Numbers without an nft type, and raw bytes, fit where their width does. */
function dataLayout(field: Field): string {
  if (typeof field !== 'string') return `integer ${field.length}`;
  const { type, bits } = fields[field];
  return type === 'integer' ? `integer ${bits}` : type;
}

export function describeSet({ kind, key, fields: parts }: SetDefinition): string {
  return `${kind} by ${[key, ...parts.map(describeField)].join(' . ')}`;
}

/** Why the field cannot be part of a set's key. */
export function checkSetField(field: Field): readonly string[] {
  return isMisshifted(field) ? [`${describeField(field)} cannot stand in a set`] : [];
}

/**
 * A field of several bytes that ends within one has to be shifted into place for a set or a mask, and nft 1.0.6 does so as if it were in host byte
 * order: it never matches.
 */
function isMisshifted(field: Field): boolean {
  if (typeof field === 'string') return field === 'ip6 dscp';
  const bytes = Math.ceil((field.offset + field.length) / 8) - Math.floor(field.offset / 8);
  return bytes > 1 && (field.offset + field.length) % 8 !== 0;
}

/** Why the value is not one of the field's. */
export function checkValue(field: Field, value: string): readonly string[] {
  if (parseFieldValue(field, value) !== undefined) return [];
  return [`${value} is no value of ${describeField(field)}: ${describeFieldValue(field)} is wanted`];
}

/** Why the field cannot be looked at in this family. */
export function checkField(field: Field, family: TableFamily): readonly string[] {
  if (typeof field !== 'string') return [];
  const wanted = onlyIn(field);
  return wanted === undefined || wanted === family ? [] : [`${field} can be looked at in the ${wanted} table only`];
}

function onlyIn(field: keyof typeof fields): TableFamily | undefined {
  // A bridged packet keeps its Ethernet header in the inet family, but for its type, which is the family's matter.
  if (field === 'ether saddr' || field === 'ether daddr') return undefined;
  if (/^(ether|vlan|arp) /.test(field)) return 'bridge';
  // "meta nfproto is only useful in the inet family", says nft.
  return field === 'meta nfproto' ? 'inet' : undefined;
}

function checkMask(field: Field, valueText: string, maskText: string): readonly string[] {
  const value = parseFieldValue(field, valueText);
  const mask = parseFieldValue(field, maskText);
  if (isMisshifted(field)) return [`${describeField(field)} cannot be masked`];
  if (mask === undefined) return checkValue(field, maskText);
  return value === undefined || (value & ~mask) === 0n ? [] : [`${valueText} has bits outside its mask ${maskText}`];
}

function checkRange(field: Field, lowText: string, highText: string): readonly string[] {
  const low = parseFieldValue(field, lowText);
  const high = parseFieldValue(field, highText);
  if (low === undefined || high === undefined) return [lowText, highText].flatMap((text) => checkValue(field, text));
  return low <= high ? [] : [`the range ${lowText}-${highText} descends`];
}

function describeField(field: Field): string {
  return typeof field === 'string' ? field : `@${field.raw},${field.offset},${field.length}`;
}
