import { checkField, checkSetField, checkValue, describeSet } from './check-match.ts';
import { checkTarget } from './check-statement.ts';
import type { Element, SetDefinition } from './ruleset.ts';
import type { TableShape } from './shape.ts';
import type { TableFamily } from './table-families.ts';

/** Why a set cannot be declared so, as sentences; none when it can. */
export function checkDefinition(definition: SetDefinition, family: TableFamily): readonly string[] {
  const problems = definition.fields.flatMap((field) => [...checkField(field, family), ...checkSetField(field)]);
  const mapped = definition.kind === 'verdicts' || definition.kind === 'marks';
  if (mapped && definition.fields.length > 0) problems.push(`${definition.kind} are looked up by the port alone`);
  if (definition.kind === 'connections' && definition.fields.length === 0) {
    problems.push('connections need a field beside the port');
  }
  if (definition.key === 'none' && (definition.kind !== 'values' || definition.fields.length === 0)) {
    problems.push('only values can do without a port, and then need a field');
  }
  if (definition.kind === 'marks' && definition.key === 'mark') problems.push('marks are looked up by device');
  return problems;
}

/** Why the element cannot be in a set of this definition. */
export function checkElement(element: Element, definition: SetDefinition, table: TableShape): readonly string[] {
  return [
    ...checkElementKey(element, definition),
    ...(element.chain === undefined ? [] : checkTarget(table, element.chain)),
    ...checkPresence('a chain', element.chain !== undefined, definition.kind === 'verdicts'),
    ...checkPresence('a mark', element.mark !== undefined, definition.kind === 'marks'),
  ];
}

/** Why the element's port and values cannot be looked for in a set of this definition. */
export function checkElementKey({ port, values }: Element, definition: SetDefinition): readonly string[] {
  if (definition.kind === 'connections') return ['the kernel alone fills a set of connections'];
  const problems = values.flatMap((value, index) => {
    const field = definition.fields[index];
    return field === undefined ? [] : checkValue(field, value);
  });
  if (values.length !== definition.fields.length) {
    problems.push(`${values.length} values are not what a set of ${describeSet(definition)} takes`);
  }
  const given = typeof port === 'number' ? 'mark' : port === '*' ? 'none' : 'ifname';
  if (given !== definition.key) problems.push(`${portWords[definition.key]} is wanted, not ${portWords[given]}`);
  return problems;
}

const portWords = { mark: 'a port number', ifname: 'a device', none: 'no port' } as const;

function checkPresence(what: string, present: boolean, wanted: boolean): readonly string[] {
  if (present === wanted) return [];
  return [wanted ? `${what} is missing` : `${what} does not belong here`];
}
