import type { SourceSpan } from '../../../shared/diagnostic.ts';
import type { NetworkDocument } from '../../../shared/network/network-document.ts';
import type { Findings } from '../../compiler/parse/findings.ts';
import type { XmlElement } from '../../compiler/xml/xml-element.ts';

export const updateCommands = ['add-first', 'add-last', 'delete', 'modify'] as const;
export type UpdateCommand = (typeof updateCommands)[number];

/** What `virsh net-update` sends: one element of one section. */
export interface NetworkUpdate {
  readonly command: UpdateCommand;
  readonly section: string;
  readonly text: string;
  /** Names the text in findings. */
  readonly file: string;
  /** Which `<ip>` has the section, counted from 0; -1 where it can be told by itself. */
  readonly parentIndex: number;
}

/** One section's element on its way into a document. */
export interface SectionEdit {
  readonly document: NetworkDocument;
  readonly command: UpdateCommand;
  readonly element: XmlElement;
  readonly parentIndex: number;
  readonly findings: Findings;
}

/** Gives the document as it is after the edit; undefined where something is in the way, which is reported. */
export type SectionEditor = (edit: SectionEdit) => NetworkDocument | undefined;

export function addTo<T>(list: readonly T[], item: T, command: UpdateCommand): readonly T[] {
  return command === 'add-first' ? [item, ...list] : [...list, item];
}

/** Reports what is there already; the place of the other one where the document knows it. */
export function refuseSecond({ element, findings }: SectionEdit, message: string, other?: SourceSpan): undefined {
  const notes = other === undefined ? [] : [{ message: 'It stands here.', span: other }];
  findings.error('already-there', message, element.span, { notes });
}

export function refuseMissing({ element, findings }: SectionEdit, message: string): undefined {
  findings.error('not-there', message, element.span, { found: `<${element.name}>` });
}

export function refuseModify({ element, findings }: SectionEdit): undefined {
  const message = `A <${element.name}> of this section can be added or deleted, not modified.`;
  findings.error('unsupported', message, element.span, { found: 'modify', expected: 'add-first, add-last or delete' });
}
