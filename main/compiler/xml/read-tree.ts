import { XMLParser } from 'fast-xml-parser';
import { decodeReferences } from './decode-references.ts';

/** An element as fast-xml-parser sees it, with references decoded. */
export interface PlainElement {
  readonly name: string;
  readonly attributes: readonly (readonly [name: string, value: string])[];
  readonly children: readonly PlainElement[];
  readonly text: string;
}

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  ignoreDeclaration: true,
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  processEntities: false,
  // Kept apart from text, since references mean nothing in it.
  cdataPropName: '#cdata',
});

type Node = Readonly<Record<string, unknown>>;

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;
const isNodeList = (value: unknown): value is readonly Node[] => Array.isArray(value) && value.every(isNode);

function textOf(nodes: readonly Node[]): string {
  return nodes
    .map((node) => {
      if (typeof node['#text'] === 'string') return decodeReferences(node['#text']);
      return isNodeList(node['#cdata']) ? node['#cdata'].map((part) => String(part['#text'] ?? '')).join('') : '';
    })
    .join('');
}

function toElements(nodes: readonly Node[]): readonly PlainElement[] {
  return nodes.flatMap((node) => {
    const name = Object.keys(node).find((key) => key !== ':@');
    if (name === undefined || name === '#text' || name === '#cdata') return [];
    const content = isNodeList(node[name]) ? node[name] : [];
    const attributes = Object.entries(isNode(node[':@']) ? node[':@'] : {}).map(
      // White space in attribute values is spaces (XML 1.0, section 3.3.3), unless it is written as a reference.
      ([key, value]) => [key, decodeReferences(String(value).replace(/[\t\n]/g, ' '))] as const,
    );
    return [{ name, attributes, children: toElements(content), text: textOf(content) }];
  });
}

/** The elements at the top of a text that the strict gate has let through; undefined where fast-xml-parser will not read it. */
export function readTree(text: string): readonly PlainElement[] | undefined {
  try {
    const nodes: unknown = parser.parse(text);
    return isNodeList(nodes) ? toElements(nodes) : undefined;
  } catch {
    return undefined;
  }
}
