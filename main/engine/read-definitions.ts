import { parseBinding } from '../compiler/parse/parse-binding.ts';
import { parseFilter } from '../compiler/parse/parse-filter.ts';
import type { EngineFailure, Outcome } from './failure.ts';
import type { StoredBinding, StoredFilter, Workspace } from './workspace.ts';

/** The texts of the state folder, by name. */
export interface DefinitionTexts {
  readonly filters: Readonly<Record<string, string>>;
  readonly bindings: Readonly<Record<string, string>>;
}

/**
 * Reads the definitions of the state folder over the stock filters. They were checked when they were written, so a finding means that somebody
 * edited the files; nothing is then taken for granted.
 */
export function readDefinitions(
  texts: DefinitionTexts,
  stock: ReadonlyMap<string, StoredFilter>,
  stateFolder: string,
): Outcome<Pick<Workspace, 'filters' | 'bindings'>> {
  const filters = new Map(stock);
  const bindings = new Map<string, StoredBinding>();
  const diagnostics: (EngineFailure & { readonly kind: 'diagnostics' })['diagnostics'][number][] = [];
  const sources = new Map<string, string>();
  for (const [name, text] of Object.entries(texts.filters)) {
    const file = `${stateFolder}/filters/${name}.xml`;
    const parsed = parseFilter(text, file);
    if (parsed.ok) filters.set(name, { document: parsed.value, file, text, stock: false });
    else {
      diagnostics.push(...parsed.diagnostics);
      sources.set(file, text);
    }
  }
  for (const [device, text] of Object.entries(texts.bindings)) {
    const file = `${stateFolder}/bindings/${device}.xml`;
    const parsed = parseBinding(text, file);
    if (parsed.ok) bindings.set(device, { binding: parsed.value, text });
    else {
      diagnostics.push(...parsed.diagnostics);
      sources.set(file, text);
    }
  }
  if (diagnostics.length > 0) return { ok: false, failure: { kind: 'diagnostics', diagnostics, sources, devices: [] } };
  return { ok: true, value: { filters, bindings } };
}
