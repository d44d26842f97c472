import type { Checked } from '../../../shared/diagnostic.ts';
import { type ElementPlace, readPlaces } from './read-places.ts';
import { type PlainElement, readTree } from './read-tree.ts';
import { createLocate, type Locate } from './source-lines.ts';
import type { XmlAttribute, XmlElement } from './xml-element.ts';
import { xmlFinding } from './xml-finding.ts';
import { xmlLimits } from './xml-limits.ts';

/** Joins an element with the places of its attributes; undefined where the two parsers saw different ones. */
function joinAttributes(plain: PlainElement, place: ElementPlace, locate: Locate): readonly XmlAttribute[] | undefined {
  if (plain.attributes.length !== place.attributes.length) return undefined;
  const joined: XmlAttribute[] = [];
  for (const [position, [name, value]] of plain.attributes.entries()) {
    const found = place.attributes[position];
    if (found === undefined || found.name !== name || found.value !== value) return undefined;
    const span = locate(found.start, name.length);
    joined.push({ name, value, span, valueSpan: locate(found.valueStart, found.valueEnd - found.valueStart) });
  }
  return joined;
}

/** Joins a tree with its places, which stand in document order; undefined where the two parsers saw different trees. */
function joinTree(
  root: PlainElement,
  places: readonly ElementPlace[],
  text: string,
  locate: Locate,
): XmlElement | undefined {
  let next = 0;
  const join = (plain: PlainElement, depth: number): XmlElement | undefined => {
    const place = places[next++];
    if (place === undefined || place.name !== plain.name || place.depth !== depth || place.text !== plain.text)
      return undefined;
    const attributes = joinAttributes(plain, place, locate);
    if (attributes === undefined) return undefined;
    const children: XmlElement[] = [];
    for (const child of plain.children) {
      const joined = join(child, depth + 1);
      if (joined === undefined) return undefined;
      children.push(joined);
    }
    const [blank = '', line = ''] = /^\s*([^<\r\n]*)/.exec(text.slice(place.contentStart)) ?? [];
    const textStart = place.contentStart + blank.length - line.length;
    const span = locate(place.start, place.name.length + 1);
    return {
      name: plain.name,
      attributes,
      children,
      text: plain.text.trim(),
      span,
      textSpan: locate(textStart, line.trimEnd().length),
    };
  };
  const tree = join(root, 1);
  return next === places.length ? tree : undefined;
}

/**
 * Reads a document without a DOCTYPE, entities other than the five, or processing instructions, within `xmlLimits`. saxes is the strict gate and
 * knows the places, fast-xml-parser builds the tree; a document that they see differently is refused.
 */
export function parseXml(text: string, file: string): Checked<XmlElement> {
  const source = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const refuse = (code: 'xml-limit' | 'xml-syntax' | 'xml-mismatch', message: string): Checked<XmlElement> => ({
    ok: false,
    diagnostics: [xmlFinding(code, message, { file, line: 1, column: 1, length: 0 })],
  });
  if (source.length > xmlLimits.text)
    return refuse('xml-limit', `The text is longer than ${xmlLimits.text} characters.`);
  if (!source.isWellFormed())
    return refuse('xml-syntax', 'The text has half a surrogate pair in it: it is not valid Unicode.');
  const locate = createLocate(source, file);
  const gate = readPlaces(source, locate);
  if (!gate.ok) return { ok: false, diagnostics: [gate.diagnostic] };
  const [root, ...others] = readTree(source) ?? [];
  const tree = root === undefined || others.length > 0 ? undefined : joinTree(root, gate.places, source, locate);
  return tree === undefined
    ? refuse('xml-mismatch', 'The document is ambiguous: two XML parsers read it differently.')
    : { ok: true, value: tree, warnings: [] };
}
