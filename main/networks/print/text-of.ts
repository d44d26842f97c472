import { escapeXml } from '../../compiler/parse/escape-xml.ts';

/** A text between tags, where line feeds need no reference. */
export function textOf(text: string): string {
  return escapeXml(text).replaceAll('&#10;', '\n');
}
