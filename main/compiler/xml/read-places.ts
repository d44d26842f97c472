import { SaxesParser } from 'saxes';
import type { Diagnostic } from '../../../shared/diagnostic.ts';
import { type AttributePlace, placeAttribute } from './attribute-place.ts';
import { describeSyntaxError } from './describe-syntax-error.ts';
import type { Locate } from './source-lines.ts';
import { type XmlCode, xmlFinding } from './xml-finding.ts';
import { xmlLimits } from './xml-limits.ts';

/** A start tag: its place in the text, and the text that stands directly in its element. */
export interface ElementPlace {
  readonly name: string;
  readonly depth: number;
  readonly start: number;
  readonly contentStart: number;
  readonly attributes: readonly AttributePlace[];
  readonly text: string;
}

interface OpenElement {
  name: string;
  depth: number;
  start: number;
  contentStart: number;
  attributes: AttributePlace[];
  text: string;
}

export type PlacesResult =
  | { readonly ok: true; readonly places: readonly ElementPlace[] }
  | { readonly ok: false; readonly diagnostic: Diagnostic };

/**
 * The strict gate: refuses what is not well formed, what reaches outside the document (DOCTYPE, entities, processing instructions) and what is too
 * large. Gives the start tags in document order. Reading stops at the first error: after it, the rest of a document means nothing.
 */
export function readPlaces(text: string, locate: Locate): PlacesResult {
  const places: OpenElement[] = [];
  const open: OpenElement[] = [];
  // saxes reports a wrong end tag only after it has closed the element.
  let closed: OpenElement | undefined;
  let good = 0;
  let failure: Diagnostic | undefined;
  const stopped = new Error('stopped at the first finding');
  const stop = (finding: Diagnostic): never => {
    failure = finding;
    throw stopped;
  };
  const parser = new SaxesParser({ xmlns: false, position: true });
  const tagStart = (): number => text.lastIndexOf('<', parser.position - 1);
  const refuse = (code: XmlCode, message: string, start: number, end: number, expected?: string): never =>
    stop(xmlFinding(code, message, locate(start, end - start), expected === undefined ? {} : { expected }));

  parser.on('error', (error) => {
    const state = { text, position: parser.position, good, element: closed ?? open.at(-1) };
    stop(describeSyntaxError(error.message, state, locate));
  });
  parser.on('xmldecl', ({ version, encoding }) => {
    const problem = (message: string, expected: string): never =>
      refuse('xml-declaration', message, tagStart(), parser.position, expected);
    if (version !== '1.0') problem('Only XML 1.0 is read.', "version='1.0'");
    if (encoding !== undefined && !/^(utf-8|us-ascii|ascii)$/i.test(encoding)) {
      problem('Only UTF-8 text is read.', "encoding='UTF-8'");
    }
  });
  parser.on('doctype', () => {
    const start = text.lastIndexOf('<!DOCTYPE', parser.position);
    refuse(
      'xml-doctype',
      'A document type declaration is not allowed.',
      start,
      start + '<!DOCTYPE'.length,
      'no DOCTYPE',
    );
  });
  parser.on('processinginstruction', ({ target }) => {
    const message = `A processing instruction (<?${target}) is not allowed.`;
    refuse('xml-processing-instruction', message, tagStart(), parser.position);
  });
  parser.on('opentagstart', ({ name }) => {
    const start = tagStart();
    const depth = open.length + 1;
    const limit = (message: string): never => refuse('xml-limit', message, start, start + 1 + name.length);
    if (depth > xmlLimits.depth) limit(`Elements are nested more than ${xmlLimits.depth} deep.`);
    if (places.length === xmlLimits.elements) limit(`There are more than ${xmlLimits.elements} elements.`);
    const element = { name, depth, start, contentStart: start, attributes: [], text: '' };
    places.push(element);
    open.push(element);
    closed = undefined;
    good = parser.position;
  });
  parser.on('attribute', ({ name, value }) => {
    const attributes = open.at(-1)?.attributes ?? [];
    const place = placeAttribute(text, parser.position, name, value);
    const problem = (code: XmlCode, message: string): never =>
      refuse(code, message, place.start, place.start + name.length);
    if (attributes.some((other) => other.name === name)) {
      problem('xml-syntax', `The XML is not well formed: the attribute ${name} stands twice in one element.`);
    }
    good = parser.position;
    if (attributes.push(place) > xmlLimits.attributes) {
      problem('xml-limit', `An element has more than ${xmlLimits.attributes} attributes.`);
    }
    if (value.length > xmlLimits.attributeValue) {
      problem('xml-limit', `The attribute's value is longer than ${xmlLimits.attributeValue} characters.`);
    }
  });
  parser.on('opentag', () => {
    good = parser.position;
    const element = open.at(-1);
    if (element !== undefined) element.contentStart = good;
  });
  const addText = (part: string): void => {
    const element = open.at(-1);
    if (element !== undefined) element.text += part;
  };
  parser.on('text', addText);
  parser.on('cdata', (part) => {
    good = parser.position;
    addText(part);
  });
  parser.on('comment', () => {
    good = parser.position;
  });
  parser.on('closetag', () => {
    good = parser.position;
    closed = open.pop();
  });

  try {
    parser.write(text).close();
  } catch (error) {
    if (error !== stopped) throw error;
  }
  return failure === undefined ? { ok: true, places } : { ok: false, diagnostic: failure };
}
