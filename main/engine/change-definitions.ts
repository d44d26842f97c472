import type { Checked, Diagnostic } from '../../shared/diagnostic.ts';
import type { Binding } from '../../shared/nwfilter/binding.ts';
import type { FilterDocument } from '../../shared/nwfilter/filter-document.ts';
import type { DefinitionChange } from '../../shared/plan/plan.ts';
import { parseBinding } from '../compiler/parse/parse-binding.ts';
import { parseFilter } from '../compiler/parse/parse-filter.ts';
import { printBinding } from '../compiler/parse/print-binding.ts';
import type { FilterChange } from './change.ts';
import type { EngineFailure, Outcome } from './failure.ts';
import { findLoop } from './find-loop.ts';
import { insertUuid } from './insert-uuid.ts';
import type { StoredBinding, StoredFilter, Workspace } from './workspace.ts';

type Definitions = Pick<Workspace, 'filters' | 'bindings'>;

/** What the definitions are after the changes, and which files change with them. */
export interface ChangedDefinitions extends Definitions {
  readonly files: readonly DefinitionChange[];
  readonly warnings: readonly Diagnostic[];
  /** The texts that the changes came with, by file name. */
  readonly sources: ReadonlyMap<string, string>;
}

interface Draft {
  readonly filters: Map<string, StoredFilter>;
  readonly bindings: Map<string, StoredBinding>;
  readonly files: Map<string, DefinitionChange>;
  readonly warnings: Diagnostic[];
  readonly sources: Map<string, string>;
}

const fail = (failure: EngineFailure): { readonly ok: false; readonly failure: EngineFailure } => ({
  ok: false,
  failure,
});
const done: Outcome<undefined> = { ok: true, value: undefined };

function checked<T>(result: Checked<T>, draft: Draft): Outcome<T> {
  if (!result.ok)
    return fail({ kind: 'diagnostics', diagnostics: result.diagnostics, sources: draft.sources, devices: [] });
  draft.warnings.push(...result.warnings);
  return { ok: true, value: result.value };
}

export function findFilter(filters: ReadonlyMap<string, StoredFilter>, nameOrUuid: string): StoredFilter | undefined {
  const uuid = nameOrUuid.toLowerCase();
  return filters.get(nameOrUuid) ?? [...filters.values()].find(({ document }) => document.uuid?.toLowerCase() === uuid);
}

/** The uuid of a filter stays what it was; a new filter brings its own or gets one. */
function settleUuid(document: FilterDocument, draft: Draft, makeUuid: () => string): Outcome<string> {
  const { name, uuid: given } = document;
  const stored = draft.filters.get(name)?.document.uuid;
  if (given !== undefined && stored !== undefined && given.toLowerCase() !== stored.toLowerCase()) {
    return fail({ kind: 'uuid-mismatch', name, stored, given });
  }
  const owner = given === undefined ? undefined : findFilter(draft.filters, given);
  if (given !== undefined && owner !== undefined && owner.document.name !== name && owner.document.uuid === given) {
    return fail({ kind: 'uuid-taken', uuid: given, by: owner.document.name });
  }
  return { ok: true, value: given ?? stored ?? makeUuid() };
}

function defineFilter(text: string, file: string, draft: Draft, makeUuid: () => string): Outcome<undefined> {
  draft.sources.set(file, text);
  const parsed = checked(parseFilter(text, file), draft);
  if (!parsed.ok) return parsed;
  const uuid = settleUuid(parsed.value, draft, makeUuid);
  if (!uuid.ok) return uuid;
  const document: FilterDocument = { ...parsed.value, uuid: uuid.value };
  const { name } = document;
  const stored = parsed.value.uuid === undefined ? insertUuid(text, document.span, uuid.value) : text;
  draft.filters.set(name, { document, file, text: stored, stock: false });
  draft.files.set(`filter ${name}`, { kind: 'filter', name, text: stored });
  const loop = findLoop(name, (each) => draft.filters.get(each)?.document);
  if (loop === undefined) return done;
  const message = `The references form a loop: ${loop.join(' -> ')}.`;
  const diagnostic = { code: 'reference-loop', severity: 'error', message, span: document.span, filter: name } as const;
  return fail({ kind: 'diagnostics', diagnostics: [diagnostic], sources: draft.sources, devices: [] });
}

function undefineFilter(
  nameOrUuid: string,
  draft: Draft,
  stock: ReadonlyMap<string, StoredFilter>,
): Outcome<undefined> {
  const found = findFilter(draft.filters, nameOrUuid);
  if (found === undefined) return fail({ kind: 'filter-not-found', name: nameOrUuid });
  const { name } = found.document;
  if (found.stock) return fail({ kind: 'stock-filter', name });
  const original = stock.get(name);
  draft.files.set(`filter ${name}`, { kind: 'filter', name, text: null });
  if (original !== undefined) {
    // Who refers to it finds the stock filter again.
    draft.filters.set(name, original);
    return done;
  }
  const devices = [...draft.bindings.values()]
    .filter(({ binding }) => binding.filter === name)
    .map(({ binding }) => binding.device);
  const filters = [...draft.filters.values()]
    .filter(({ document }) => document.entries.some((entry) => entry.kind === 'filterref' && entry.filter === name))
    .map(({ document }) => document.name);
  if (devices.length + filters.length > 0) return fail({ kind: 'filter-in-use', name, devices, filters });
  draft.filters.delete(name);
  return done;
}

function addBinding(binding: Binding, text: string, replace: boolean, draft: Draft): Outcome<undefined> {
  const { device, filter } = binding;
  const existing = draft.bindings.get(device);
  if (existing !== undefined && !replace)
    return fail({ kind: 'binding-exists', device, filter: existing.binding.filter });
  if (!draft.filters.has(filter)) return fail({ kind: 'filter-not-found', name: filter });
  draft.bindings.set(device, { binding, text });
  draft.files.set(`binding ${device}`, { kind: 'binding', name: device, text });
  return done;
}

function applyChange(
  change: FilterChange,
  draft: Draft,
  stock: ReadonlyMap<string, StoredFilter>,
  makeUuid: () => string,
): Outcome<undefined> {
  switch (change.change) {
    case 'define-filter':
      return defineFilter(change.text, change.file, draft, makeUuid);
    case 'undefine-filter':
      return undefineFilter(change.nameOrUuid, draft, stock);
    case 'create-binding': {
      draft.sources.set(change.file, change.text);
      const parsed = checked(parseBinding(change.text, change.file), draft);
      return parsed.ok ? addBinding(parsed.value, change.text, false, draft) : parsed;
    }
    case 'bind':
      return addBinding(change.binding, printBinding(change.binding), change.replace, draft);
    case 'delete-binding': {
      const { device } = change;
      if (!draft.bindings.delete(device)) return fail({ kind: 'binding-not-found', device });
      draft.files.set(`binding ${device}`, { kind: 'binding', name: device, text: null });
      return done;
    }
  }
}

/** Carries changes out on the definitions alone, one after the other; the first that cannot be ends it. */
export function changeDefinitions(
  { filters, bindings }: Definitions,
  changes: readonly FilterChange[],
  stock: ReadonlyMap<string, StoredFilter>,
  makeUuid: () => string,
): Outcome<ChangedDefinitions> {
  const draft: Draft = {
    filters: new Map(filters),
    bindings: new Map(bindings),
    files: new Map(),
    warnings: [],
    sources: new Map(),
  };
  for (const change of changes) {
    const outcome = applyChange(change, draft, stock, makeUuid);
    if (!outcome.ok) return outcome;
  }
  return { ok: true, value: { ...draft, files: [...draft.files.values()] } };
}
