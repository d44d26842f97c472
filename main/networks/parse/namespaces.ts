import type { XmlElement } from '../../compiler/xml/xml-element.ts';

/** Namespaces by the prefix that stands for them; '' for names without one. */
export type NamespaceScope = ReadonlyMap<string, string>;

/** The scope inside of an element (Namespaces in XML 1.0, section 6). */
export function enterElement(scope: NamespaceScope, element: XmlElement): NamespaceScope {
  const declared = element.attributes.flatMap(({ name, value }) => {
    if (name === 'xmlns') return [['', value] as const];
    return name.startsWith('xmlns:') ? [[name.slice('xmlns:'.length), value] as const] : [];
  });
  return declared.length === 0 ? scope : new Map([...scope, ...declared]);
}

export const prefixOf = (name: string): string => (name.includes(':') ? name.slice(0, name.indexOf(':')) : '');
const localName = (name: string): string => name.slice(name.indexOf(':') + 1);

/** The element's namespace; undefined where it has none or its prefix was never declared. */
export function namespaceOf(element: XmlElement, outer: NamespaceScope): string | undefined {
  return enterElement(outer, element).get(prefixOf(element.name)) || undefined;
}

/** A tree with the names of one namespace written without prefix, whatever it was; other elements keep or get one, so that nobody takes them for ours. */
export function localTree(element: XmlElement, outer: NamespaceScope, namespace: string): XmlElement {
  const scope = enterElement(outer, element);
  const own = scope.get(prefixOf(element.name)) === namespace;
  const foreign = element.name.includes(':') ? element.name : `:${element.name}`;
  return {
    ...element,
    name: own ? localName(element.name) : foreign,
    attributes: element.attributes.map((attribute) => {
      const { name } = attribute;
      const isOwn = name.includes(':') && scope.get(prefixOf(name)) === namespace;
      return isOwn ? { ...attribute, name: localName(name) } : attribute;
    }),
    children: element.children.map((child) => localTree(child, scope, namespace)),
  };
}
