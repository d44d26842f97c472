import type { Parameters } from '../../../shared/nwfilter/filter-document.ts';

/** A variable's list of values; `own` tells the NIC's own values from those that a filter gives to a filter it refers to. */
export interface ScopedVariable {
  readonly values: readonly string[];
  readonly own: boolean;
}

export type VariableScope = ReadonlyMap<string, ScopedVariable>;

/** The NIC's parameters; MAC is known of the NIC unless its parameters say otherwise. */
export function nicScope(mac: string | undefined, parameters: Parameters): VariableScope {
  const scope = new Map<string, ScopedVariable>();
  if (mac !== undefined) scope.set('MAC', { values: [mac], own: true });
  for (const [name, values] of Object.entries(parameters)) scope.set(name, { values, own: true });
  return scope;
}

/** What a referenced filter sees. Values from outside win over the reference's own, as in libvirt. */
export function referenceScope(outer: VariableScope, parameters: Parameters): VariableScope {
  const scope = new Map<string, ScopedVariable>();
  for (const [name, values] of Object.entries(parameters)) scope.set(name, { values, own: false });
  for (const [name, variable] of outer) scope.set(name, variable);
  return scope;
}
