import type { Diagnostic, SourceSpan } from '../../../shared/diagnostic.ts';

export type XmlCode =
  | 'xml-syntax'
  | 'xml-declaration'
  | 'xml-doctype'
  | 'xml-entity'
  | 'xml-processing-instruction'
  | 'xml-limit'
  | 'xml-mismatch';

/** An error in the XML itself, before any meaning. */
export function xmlFinding(
  code: XmlCode,
  message: string,
  span: SourceSpan,
  extra: Pick<Diagnostic, 'found' | 'expected' | 'notes'> = {},
): Diagnostic {
  return { code, severity: 'error', message, span, ...extra };
}
