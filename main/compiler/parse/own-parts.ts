import type { XmlAttribute, XmlElement } from '../xml/xml-element.ts';
import type { Findings } from './findings.ts';
import { suggestName } from './suggest-name.ts';

/** Names of another vocabulary, such as metadata, which are not ours to judge. */
const isForeign = (name: string): boolean => name === 'xmlns' || name.includes(':');

/** The element's attributes by name, foreign ones left out; others than the known are left out with a warning. */
export function ownAttributes(
  element: XmlElement,
  known: readonly string[],
  findings: Findings,
): ReadonlyMap<string, XmlAttribute> {
  const own = new Map<string, XmlAttribute>();
  for (const attribute of element.attributes) {
    if (isForeign(attribute.name)) continue;
    if (known.includes(attribute.name)) {
      own.set(attribute.name, attribute);
      continue;
    }
    const { hint, expected } = suggestName(attribute.name, known);
    const message = `<${element.name}> has no attribute ${attribute.name}: it is ignored.${hint}`;
    const details = { attribute: attribute.name, found: attribute.name, expected };
    findings.warn('unknown-attribute', message, attribute.span, details);
  }
  return own;
}

/** The element's children, those with a foreign prefix left out: with a warning where they look like ours. */
export function ownChildren(element: XmlElement, known: readonly string[], findings: Findings): readonly XmlElement[] {
  return element.children.filter((child) => {
    if (!isForeign(child.name)) return true;
    const local = child.name.slice(child.name.lastIndexOf(':') + 1);
    if (known.includes(local)) {
      findings.warn('foreign-element', `<${child.name}> is of another namespace and is ignored.`, child.span, {
        found: child.name,
        expected: local,
      });
    }
    return false;
  });
}
