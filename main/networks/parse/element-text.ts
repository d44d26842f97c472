import type { XmlElement } from '../../compiler/xml/xml-element.ts';
import { type NamespaceScope, prefixOf } from './namespaces.ts';

/** Where a start tag, an end tag, a comment or a CDATA section ends; quotes may hide a bracket. */
const markup = /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<(\/?)(?:"[^"]*"|'[^']*'|[^"'>])*?(\/?)>/g;

function endOf(text: string, start: number): number {
  let depth = 0;
  markup.lastIndex = start;
  for (let match = markup.exec(text); match !== null; match = markup.exec(text)) {
    const [, closes, empty] = match;
    if (closes === undefined) continue;
    if (closes === '/') depth -= 1;
    else if (empty === '') depth += 1;
    if (depth === 0) return markup.lastIndex;
  }
  return text.length;
}

function offsetOf(text: string, { line, column }: XmlElement['span']): number {
  const ends = [...text.matchAll(/\r\n?|\n/g)];
  const end = ends[line - 2];
  return (end === undefined ? 0 : end.index + end[0].length) + column - 1;
}

function usedPrefixes(element: XmlElement, declared: ReadonlySet<string>): readonly string[] {
  const own = element.attributes.flatMap(({ name }) => (name.startsWith('xmlns:') ? [name.slice(6)] : []));
  const known = new Set([...declared, ...own, 'xmlns', 'xml']);
  const names = [element.name, ...element.attributes.map(({ name }) => name)].filter((name) => name.includes(':'));
  const free = names.map(prefixOf).filter((prefix) => !known.has(prefix));
  return [...free, ...element.children.flatMap((child) => usedPrefixes(child, known))];
}

/** The element as it stands in the text that it was read from, with the namespaces declared that it takes from the elements around it. */
export function elementText(text: string, element: XmlElement, outer: NamespaceScope): string {
  const source = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const start = offsetOf(source, element.span);
  const afterName = start + 1 + element.name.length;
  const declarations = [...new Set(usedPrefixes(element, new Set()))].flatMap((prefix) => {
    const namespace = outer.get(prefix);
    return namespace === undefined ? [] : [` xmlns:${prefix}="${namespace.replace(/[<&"]/g, escapeOne)}"`];
  });
  return `${source.slice(start, afterName)}${declarations.join('')}${source.slice(afterName, endOf(source, start))}`;
}

const escapeOne = (character: string): string => `&#${character.charCodeAt(0)};`;
