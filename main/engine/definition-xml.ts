import { printBinding } from '../compiler/parse/print-binding.ts';
import { printFilter } from '../compiler/parse/print-filter.ts';
import { findFilter } from './change-definitions.ts';
import type { Outcome } from './failure.ts';
import type { Workspace } from './workspace.ts';

/** canonical: in virsh's shape. source: as the user wrote it, comments and all. */
export type XmlForm = 'canonical' | 'source';

const ended = (text: string): string => (text.endsWith('\n') ? text : `${text}\n`);

/** A filter, found by name or uuid, as XML. */
export function filterXml({ filters }: Pick<Workspace, 'filters'>, nameOrUuid: string, form: XmlForm): Outcome<string> {
  const found = findFilter(filters, nameOrUuid);
  if (found === undefined) return { ok: false, failure: { kind: 'filter-not-found', name: nameOrUuid } };
  return { ok: true, value: form === 'source' ? ended(found.text) : printFilter(found.document) };
}

/** A device's binding as XML. */
export function bindingXml({ bindings }: Pick<Workspace, 'bindings'>, device: string, form: XmlForm): Outcome<string> {
  const found = bindings.get(device);
  if (found === undefined) return { ok: false, failure: { kind: 'binding-not-found', device } };
  return { ok: true, value: form === 'source' ? ended(found.text) : printBinding(found.binding) };
}
