import { describeType } from '../../../../shared/nwfilter/describe-type.ts';
import { ruleActions, ruleDirections } from '../../../../shared/nwfilter/filter-document.ts';
import {
  type AttributeTable,
  type AttributeType,
  chainPriorities,
  type ProtocolName,
  protocols,
} from '../../../../shared/nwfilter/protocols.ts';
import { connectionStates } from '../../../../shared/nwfilter/values.ts';
import type { PlaceInXml } from './place-in-xml.ts';

/** Something that can stand at a place. */
export interface Proposal {
  readonly label: string;
  readonly kind: 'element' | 'attribute' | 'value' | 'variable' | 'filter';
  /** What is written; the cursor goes to where `|` stands, or behind it. */
  readonly text: string;
}

/** What the library knows. */
export interface Library {
  readonly filters: readonly string[];
  /** Names of variables that stand in this text or are known of every NIC. */
  readonly variables: readonly string[];
}

export const isProtocol = (name: string): name is ProtocolName => Object.hasOwn(protocols, name);

/** The attributes of each element that is no protocol. */
export const ownElements: Readonly<Record<string, readonly string[]>> = {
  filter: ['name', 'chain', 'priority'],
  uuid: [],
  rule: ['action', 'direction', 'priority', 'statematch'],
  filterref: ['filter'],
  parameter: ['name', 'value'],
};

const children: Readonly<Record<string, readonly string[]>> = {
  filter: ['rule', 'filterref', 'uuid'],
  rule: Object.keys(protocols),
  filterref: ['parameter'],
};

/** What is written for an element that begins. */
const beginnings: Readonly<Record<string, string>> = {
  filter: "filter name='|' chain='root'>\n</filter>",
  rule: "rule action='drop' direction='|'>\n  </rule>",
  filterref: "filterref filter='|'/>",
  uuid: 'uuid>|</uuid>',
  parameter: "parameter name='|' value=''/>",
};

/** The attributes that an element may have. */
export function attributesOf(element: string): readonly string[] {
  if (isProtocol(element)) return ['match', ...Object.keys(protocols[element])];
  return ownElements[element] ?? [];
}

/** The type of a protocol's attribute. */
export function typeOf(element: string, attribute: string): AttributeType | undefined {
  if (!isProtocol(element)) return undefined;
  const table: AttributeTable = protocols[element];
  return Object.hasOwn(table, attribute) ? table[attribute] : undefined;
}

/** What the value of an attribute has to look like, in a clause. */
export function formOf(element: string, attribute: string): string | undefined {
  const type = typeOf(element, attribute);
  return type === undefined ? undefined : describeType(type);
}

function valuesOf(element: string, attribute: string, { filters }: Library): readonly string[] {
  switch (`${element} ${attribute}`) {
    case 'rule action':
      return ruleActions;
    case 'rule direction':
      return ruleDirections;
    case 'rule statematch':
      return ['true', 'false'];
    case 'filter chain':
      return Object.keys(chainPriorities);
    case 'filterref filter':
      return filters;
  }
  if (attribute === 'match' && isProtocol(element)) return ['yes', 'no'];
  const type = typeOf(element, attribute);
  switch (type?.type) {
    case 'number':
      return Object.keys(type.names ?? {});
    case 'boolean':
      return ['true', 'false'];
    case 'states':
      return ['NONE', ...connectionStates];
    case 'ipset-flags':
      return ['src', 'dst'];
    default:
      return [];
  }
}

/** Everything that can stand there, in the language's own order. */
export function proposalsAt(place: PlaceInXml | undefined, library: Library): readonly Proposal[] {
  switch (place?.kind) {
    case 'element': {
      const above = place.parents.at(-1);
      const names = above === undefined ? ['filter'] : (children[above] ?? []);
      return names.map((label) => ({ label, kind: 'element', text: beginnings[label] ?? `${label} |/>` }));
    }
    case 'closing':
      return [{ label: place.element, kind: 'element', text: `${place.element}>` }];
    case 'attribute':
      return attributesOf(place.element)
        .filter((label) => !place.present.includes(label))
        .map((label) => ({ label, kind: 'attribute', text: `${label}='|'` }));
    case 'value': {
      const { element, attribute } = place;
      const kind = element === 'filterref' ? 'filter' : 'value';
      const values = valuesOf(element, attribute, library).map((label): Proposal => ({ label, kind, text: label }));
      const takesVariables =
        typeOf(element, attribute)?.type !== 'comment' && isProtocol(element) && attribute !== 'match';
      const variables = takesVariables ? library.variables : [];
      return [
        ...values,
        ...variables.map((name): Proposal => ({ label: `$${name}`, kind: 'variable', text: `$${name}` })),
      ];
    }
    default:
      return [];
  }
}

/** The variables that stand in a text, and those that are known of every NIC (libvirt's MAC and IP). */
export function variablesIn(text: string): readonly string[] {
  const found = Array.from(text.matchAll(/\$([A-Za-z0-9_]+)/g), ([, name = '']) => name);
  return [...new Set(['MAC', 'IP', ...found])].sort();
}
