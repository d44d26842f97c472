import type { FilterDocument } from '../../../shared/nwfilter/filter-document.ts';
import { type AttributeType, protocols } from '../../../shared/nwfilter/protocols.ts';
import { type FilterLookup, flattenReferences } from '../../compiler/resolve/flatten-references.ts';

/** A variable of a filter's tree, and what its values have to be. */
export interface FilterVariable {
  readonly name: string;
  readonly type: 'ipv4' | 'ipv6' | 'mac' | 'number' | 'mask' | 'text';
  /** Known of the NIC (MAC), or given by a reference wherever it is used. */
  readonly given: boolean;
}

function kindOf(type: AttributeType | undefined): FilterVariable['type'] {
  switch (type?.type) {
    case 'ipv4':
    case 'ipv6':
    case 'mac':
    case 'number':
      return type.type;
    case 'ipv4-mask':
    case 'ipv6-mask':
    case 'mac-mask':
      return 'mask';
    default:
      return 'text';
  }
}

/** The variables that a filter and all that it refers to use, in the order of their first use. */
export function filterVariables(filter: FilterDocument, lookup: FilterLookup): readonly FilterVariable[] {
  const found = new Map<string, FilterVariable>();
  for (const { rule, scope } of flattenReferences(filter, new Map(), lookup).rules) {
    const table: Readonly<Record<string, AttributeType>> = rule.protocol === undefined ? {} : protocols[rule.protocol];
    for (const { name: attribute, value } of rule.attributes) {
      if (value.kind !== 'variable') continue;
      const { name } = value.access;
      const given = name === 'MAC' || scope.has(name);
      const before = found.get(name);
      found.set(name, {
        name,
        type: before?.type ?? kindOf(table[attribute]),
        given: (before?.given ?? true) && given,
      });
    }
  }
  return [...found.values()];
}
