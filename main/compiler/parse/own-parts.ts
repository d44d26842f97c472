import type { XmlAttribute, XmlElement } from '../xml/xml-element.ts';
import { closestName } from './closest-name.ts';
import type { Findings } from './findings.ts';

/** Names of another vocabulary, such as metadata, which are not ours to judge. */
const isForeign = (name: string): boolean => name === 'xmlns' || name.includes(':');

const listed = (names: readonly string[]): string => (names.length === 0 ? 'no attribute' : names.join(', '));

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
    const meant = closestName(attribute.name, known);
    findings.warn(
      'unknown-attribute',
      `<${element.name}> has no attribute ${attribute.name}: it is ignored.`,
      attribute.span,
      {
        attribute: attribute.name,
        found: attribute.name,
        expected: meant === undefined ? listed(known) : `${meant} (did you mean that?)`,
      },
    );
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
