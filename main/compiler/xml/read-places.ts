import { SaxesParser } from 'saxes';
import type { Diagnostic } from '../../../shared/diagnostic.ts';
import { describeSyntaxError } from './describe-syntax-error.ts';
import type { Locate } from './source-lines.ts';
import { type XmlCode, xmlFinding } from './xml-finding.ts';
import { xmlLimits } from './xml-limits.ts';

export interface AttributePlace {
  readonly name: string;
  readonly value: string;
  /** Offsets of the name's first character, the value's first, and of the closing quote. */
  readonly start: number;
  readonly valueStart: number;
  readonly valueEnd: number;
}

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
 * large. Gives the start tags in document order. Only the first error is reported: after it, the rest of a document means nothing.
 */
export function readPlaces(text: string, locate: Locate): PlacesResult {
  const places: OpenElement[] = [];
  const open: OpenElement[] = [];
  // saxes reports a wrong end tag only after it has closed the element.
  let closed: OpenElement | undefined;
  let failure: Diagnostic | undefined;
  const fail = (code: XmlCode, message: string, start: number, end: number, expected?: string): void => {
    failure ??= xmlFinding(code, message, locate(start, end - start), expected === undefined ? {} : { expected });
  };
  const parser = new SaxesParser({ xmlns: false, position: true });
  const tagStart = (): number => text.lastIndexOf('<', parser.position - 1);

  parser.on('error', (error) => {
    failure ??= describeSyntaxError(error.message, text, parser.position, closed ?? open.at(-1), locate);
  });
  parser.on('xmldecl', ({ version, encoding }) => {
    const start = tagStart();
    if (version !== '1.0') fail('xml-declaration', 'Only XML 1.0 is read.', start, parser.position, "version='1.0'");
    if (encoding !== undefined && !/^(utf-8|us-ascii|ascii)$/i.test(encoding)) {
      fail('xml-declaration', 'Only UTF-8 text is read.', start, parser.position, "encoding='UTF-8'");
    }
  });
  parser.on('doctype', () => {
    const start = text.lastIndexOf('<!DOCTYPE', parser.position);
    fail('xml-doctype', 'A document type declaration is not allowed.', start, start + '<!DOCTYPE'.length, 'no DOCTYPE');
  });
  parser.on('processinginstruction', ({ target }) => {
    const start = tagStart();
    fail(
      'xml-processing-instruction',
      `A processing instruction (<?${target}) is not allowed.`,
      start,
      parser.position,
    );
  });
  parser.on('opentagstart', ({ name }) => {
    const start = tagStart();
    const element = { name, depth: open.length + 1, start, contentStart: start, attributes: [], text: '' };
    const end = start + 1 + name.length;
    if (element.depth > xmlLimits.depth)
      fail('xml-limit', `Elements are nested more than ${xmlLimits.depth} deep.`, start, end);
    if (places.length === xmlLimits.elements)
      fail('xml-limit', `There are more than ${xmlLimits.elements} elements.`, start, end);
    if (failure === undefined) places.push(element);
    open.push(element);
    closed = undefined;
  });
  parser.on('attribute', ({ name, value }) => {
    const valueEnd = parser.position - 1;
    const valueStart = text.lastIndexOf(text.charAt(valueEnd), valueEnd - 1) + 1;
    const start = text.lastIndexOf(name, text.lastIndexOf('=', valueStart - 1) - name.length);
    const attributes = open.at(-1)?.attributes ?? [];
    if (attributes.some((other) => other.name === name)) {
      fail(
        'xml-syntax',
        `The XML is not well formed: the attribute ${name} stands twice in one element.`,
        start,
        start + name.length,
      );
    }
    attributes.push({ name, value, start, valueStart, valueEnd });
    if (attributes.length > xmlLimits.attributes) {
      fail('xml-limit', `An element has more than ${xmlLimits.attributes} attributes.`, start, valueStart - 1);
    }
    if (value.length > xmlLimits.attributeValue) {
      fail(
        'xml-limit',
        `The attribute's value is longer than ${xmlLimits.attributeValue} characters.`,
        start,
        valueStart - 1,
      );
    }
  });
  parser.on('opentag', () => {
    const element = open.at(-1);
    if (element !== undefined) element.contentStart = parser.position;
  });
  const addText = (part: string): void => {
    const element = open.at(-1);
    if (element !== undefined) element.text += part;
  };
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => {
    closed = open.pop();
  });

  parser.write(text).close();
  return failure === undefined ? { ok: true, places } : { ok: false, diagnostic: failure };
}
