import type { SourceSpan } from '../../../shared/diagnostic.ts';

export interface XmlAttribute {
  readonly name: string;
  readonly value: string;
  /** The name. */
  readonly span: SourceSpan;
  /** The value as written, between its quotes. */
  readonly valueSpan: SourceSpan;
}

export interface XmlElement {
  readonly name: string;
  /** In the order of the text. */
  readonly attributes: readonly XmlAttribute[];
  readonly children: readonly XmlElement[];
  /** The element's own text, without its children's, comments left out and trimmed. */
  readonly text: string;
  /** The start tag's bracket and name. */
  readonly span: SourceSpan;
  /** The line in which the text starts, from its first character. */
  readonly textSpan: SourceSpan;
}
