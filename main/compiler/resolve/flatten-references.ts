import type { Diagnostic } from '../../../shared/diagnostic.ts';
import type { FilterDocument, FilterReference, RuleElement } from '../../../shared/nwfilter/filter-document.ts';
import { referenceScope, type VariableScope } from './variable-scope.ts';

export type FilterLookup = (name: string) => FilterDocument | undefined;

/** A rule with the filter it stands in and the variables it sees there. */
export interface ScopedRule {
  readonly rule: RuleElement;
  readonly filter: FilterDocument;
  readonly scope: VariableScope;
}

export interface FlattenedRules {
  readonly rules: readonly ScopedRule[];
  readonly diagnostics: readonly Diagnostic[];
}

/** References nest at most this deep, so that a chain of filters cannot exhaust the stack. */
const maxDepth = 64;
/** A diamond of references doubles the rules, and the references, with each step; this ends it. */
const maxEntries = 20_000;

/** All rules of a filter's tree, depth first, in the order of the text. */
export function flattenReferences(filter: FilterDocument, scope: VariableScope, lookup: FilterLookup): FlattenedRules {
  const rules: ScopedRule[] = [];
  const diagnostics: Diagnostic[] = [];
  const path: string[] = [];
  let entries = 0;

  function visit(document: FilterDocument, seen: VariableScope): void {
    path.push(document.name);
    for (const entry of document.entries) {
      if (entries >= maxEntries) break;
      entries += 1;
      if (entry.kind === 'rule') rules.push({ rule: entry, filter: document, scope: seen });
      else follow(document, entry, seen);
    }
    path.pop();
  }

  function follow(document: FilterDocument, reference: FilterReference, seen: VariableScope): void {
    const at = { severity: 'error', span: reference.span, filter: document.name, attribute: 'filter' } as const;
    if (path.includes(reference.filter)) {
      const loop = [...path.slice(path.indexOf(reference.filter)), reference.filter].join(' -> ');
      diagnostics.push({
        ...at,
        code: 'reference-loop',
        message: `The references form a loop: ${loop}.`,
        found: reference.filter,
        expected: 'a filter that does not lead back here',
      });
      return;
    }
    if (path.length >= maxDepth) {
      diagnostics.push({ ...at, code: 'reference-depth', message: `References nest deeper than ${maxDepth} filters.` });
      return;
    }
    const target = lookup(reference.filter);
    if (target === undefined) {
      diagnostics.push({
        ...at,
        code: 'missing-filter',
        message: `The referenced filter '${reference.filter}' is not defined.`,
        found: reference.filter,
        expected: 'the name of a defined filter',
      });
      return;
    }
    visit(target, referenceScope(seen, reference.parameters));
  }

  visit(filter, scope);
  if (entries >= maxEntries) {
    diagnostics.push({
      code: 'too-many-rules',
      severity: 'error',
      message: `The filter's tree has more than ${maxEntries} rules and references.`,
      span: filter.span,
      filter: filter.name,
    });
  }
  return { rules, diagnostics };
}
