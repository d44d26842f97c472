import { fields } from './field-table.ts';
import type { Field } from './fields.ts';
import { ownName, ownTableIn, portMark, sameBytesSet } from './own-names.ts';
import type { Element, SetDefinition } from './ruleset.ts';
import type { TableFamily } from './table-families.ts';
import { writeLookup } from './write-field.ts';

const maxConnections = 65_535;

/** The command that declares a set or map. */
export function writeSetDeclaration(family: TableFamily, name: string, definition: SetDefinition): string {
  const word = definition.kind === 'verdicts' || definition.kind === 'marks' ? 'map' : 'set';
  return `add ${word} ${ownTableIn(family)} ${ownName(name)} { ${writeKeyType(definition)}${writeTail(definition.kind)} }`;
}

function writeTail(kind: SetDefinition['kind']): string {
  switch (kind) {
    case 'values':
      return ';';
    case 'verdicts':
      return ' : verdict;';
    case 'marks':
      return ' : mark;';
    case 'connections':
      // "size" keeps a guest from filling the kernel's memory; a full set fails the match (net/netfilter/nft_dynset.c).
      return `; flags dynamic; size ${maxConnections};`;
  }
}

/** Bare numbers and raw bytes have no width of their own and are declared by example; libnftables takes `typeof` for these only. */
function writeKeyType({ key, fields: parts }: SetDefinition): string {
  const types = parts.map(dataType);
  const keyTypes = key === 'none' ? [] : [key];
  if (types.every((type) => type !== undefined)) return `type ${[...keyTypes, ...types].join(' . ')}`;
  return `typeof ${writeLookup(key === 'ifname' ? 'iifname' : key, parts)}`;
}

function dataType(field: Field): string | undefined {
  if (typeof field !== 'string') return undefined;
  const { type } = fields[field];
  return type === 'integer' ? undefined : type;
}

/** The commands that make the set of all pairs of equal bytes in a table; they change nothing where it is. */
export function writeSameBytes(family: TableFamily): readonly string[] {
  const place = `${ownTableIn(family)} ${sameBytesSet}`;
  const pairs = Array.from({ length: 256 }, (_, byte) => `0x${byte.toString(16)} . 0x${byte.toString(16)}`);
  return [`add set ${place} { typeof @nh,0,8 . @nh,8,8; }`, `add element ${place} { ${pairs.join(', ')} }`];
}

/** One element: `"vnet0" . 52:54:00:00:00:01`, `"vnet0" : goto gw_x`, `0x67770001 . 10.0.0.1`. */
export function writeElement(element: Element): string {
  const key = writeElementKey(element);
  if (element.chain !== undefined)
    return `${key} : ${element.returns === true ? 'jump' : 'goto'} ${ownName(element.chain)}`;
  if (element.mark !== undefined) return `${key} : ${portMark(element.mark)}`;
  return key;
}

/** The key alone, which is all that deleting takes. */
export function writeElementKey({ port, values }: Element): string {
  return [...writeElementPort(port), ...values].join(' . ');
}

function writeElementPort(port: Element['port']): readonly string[] {
  if (port === '*') return [];
  return [typeof port === 'number' ? portMark(port) : `"${port}"`];
}
