import type { Findings } from '../../compiler/parse/findings.ts';
import { suggestName } from '../../compiler/parse/suggest-name.ts';
import type { XmlAttribute, XmlElement } from '../../compiler/xml/xml-element.ts';
import { unsupportedParts } from './unsupported-parts.ts';
import type { Kind } from './value-kinds.ts';

/** An element's own parts by name. What it should not have is reported when the reader is made. */
export interface Reader {
  readonly element: XmlElement;
  has(attribute: string): boolean;
  attribute(name: string): XmlAttribute | undefined;
  /** The attribute's value; undefined where it is missing or, reported, not one. */
  read<T>(attribute: string, kind: Kind<T>): T | undefined;
  /** As `read`, and reported where it is missing. */
  demand<T>(attribute: string, kind: Kind<T>): T | undefined;
  /** The children of a name, in order. */
  all(child: string): readonly XmlElement[];
  /** The only child of a name; a second one is reported. */
  only(child: string): XmlElement | undefined;
  /** Reports a value that was found to be wrong by more than its own look. */
  refuse(attribute: string, message: string, expected: string, code?: string): void;
}

const isForeign = (name: string): boolean => name === 'xmlns' || name.includes(':');

function refuseUnknown(
  part: { readonly name: string; readonly span: XmlElement['span'] },
  { kind, parent, known }: { kind: 'element' | 'attribute'; parent: string; known: readonly string[] },
  findings: Findings,
): void {
  const shown = kind === 'element' ? `<${part.name}>` : `the attribute ${part.name}`;
  const reason = unsupportedParts[`${parent}${kind === 'element' ? '/' : '@'}${part.name}`];
  const attribute = kind === 'attribute' ? { attribute: part.name } : {};
  if (reason !== undefined) {
    const message = `${kind === 'element' ? shown : `${part.name} of <${parent}>`} is not supported: ${reason}.`;
    findings.error('unsupported', message, part.span, { ...attribute, found: part.name });
    return;
  }
  const { hint, expected } = suggestName(part.name, known);
  const details = { ...attribute, found: part.name, expected };
  findings.error(`unknown-${kind}`, `<${parent}> cannot have ${shown}.${hint}`, part.span, details);
}

/** Looks through an element. Unlike in a filter, what is not known is an error: a network must not be another one than was written. */
export function createReader(
  element: XmlElement,
  known: { readonly attributes?: readonly string[]; readonly children?: readonly string[] },
  findings: Findings,
): Reader {
  const { attributes = [], children = [] } = known;
  for (const attribute of element.attributes) {
    if (isForeign(attribute.name) || attributes.includes(attribute.name)) continue;
    refuseUnknown(attribute, { kind: 'attribute', parent: element.name, known: attributes }, findings);
  }
  for (const child of element.children) {
    if (children.includes(child.name)) continue;
    if (!isForeign(child.name)) {
      refuseUnknown(child, { kind: 'element', parent: element.name, known: children }, findings);
    } else if (child.name.startsWith(':')) {
      const message = `<${child.name.slice(1)}> lacks the prefix of the elements around it.`;
      findings.error('foreign-element', message, child.span, { found: child.name.slice(1) });
    } else if (element.name !== 'network') {
      findings.warn('foreign-element', `<${child.name}> is of another namespace and is ignored.`, child.span);
    }
  }
  const attribute = (name: string): XmlAttribute | undefined => element.attributes.find((own) => own.name === name);
  const all = (name: string): readonly XmlElement[] => element.children.filter((child) => child.name === name);
  const refuse: Reader['refuse'] = (name, message, expected, code = 'bad-value') => {
    const found = attribute(name);
    const span = found?.valueSpan ?? element.span;
    const shown = found === undefined ? {} : { found: found.value };
    findings.error(code, message, span, { attribute: name, ...shown, expected });
  };
  const read: Reader['read'] = (name, kind) => {
    const found = attribute(name);
    if (found === undefined) return undefined;
    const value = kind.parse(found.value);
    if (value === undefined) refuse(name, `${name} of <${element.name}> is not ${kind.expected}.`, kind.expected);
    return value;
  };
  return {
    element,
    has: (name) => attribute(name) !== undefined,
    attribute,
    read,
    demand: (name, kind) => {
      if (attribute(name) !== undefined) return read(name, kind);
      const details = { attribute: name, expected: kind.expected };
      findings.error('missing-attribute', `<${element.name}> has no ${name}.`, element.span, details);
      return undefined;
    },
    all,
    only: (name) => {
      const [first, ...others] = all(name);
      for (const other of others) {
        const notes = first === undefined ? [] : [{ message: 'It stands here first.', span: first.span }];
        findings.error('duplicate-element', `<${name}> stands twice.`, other.span, { notes });
      }
      return first;
    },
    refuse,
  };
}
