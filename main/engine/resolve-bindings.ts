import type { Diagnostic } from '../../shared/diagnostic.ts';
import type { Backend } from '../compiler/backends/backend.ts';
import type { Policy } from '../compiler/policy/policy.ts';
import { resolvePolicy } from '../compiler/resolve/resolve-policy.ts';
import type { Outcome } from './failure.ts';
import type { StoredFilter, Workspace } from './workspace.ts';

/** Texts of filters under the file names that their spans carry. */
export function filterSources(filters: ReadonlyMap<string, StoredFilter>): ReadonlyMap<string, string> {
  return new Map([...filters.values()].map(({ file, text }) => [file, text]));
}

/** The policies of all bound NICs, or every finding that keeps one of them from being filtered, with the names of all that are kept. */
export function resolveBindings<Rules, Change>(
  { filters, bindings, abilities }: Pick<Workspace, 'filters' | 'bindings' | 'abilities'>,
  backend: Backend<Rules, Change>,
  sources: ReadonlyMap<string, string>,
): Outcome<readonly Policy[]> {
  const lookup = (name: string) => filters.get(name)?.document;
  const policies: Policy[] = [];
  const findings = new Map<string, Diagnostic>();
  const devices: string[] = [];
  for (const { binding } of bindings.values()) {
    const filter = lookup(binding.filter);
    // Bindings are made to filters that are there, and filters that are bound stay there.
    if (filter === undefined) throw new Error(`The filter ${binding.filter} of ${binding.device} is gone.`);
    const resolved = resolvePolicy(filter, binding, lookup);
    const found = resolved.ok ? backend.refuse(resolved.value, abilities) : resolved.diagnostics;
    if (found.length > 0) devices.push(binding.device);
    for (const finding of found) findings.set(JSON.stringify([finding.code, finding.span, finding.message]), finding);
    if (resolved.ok) policies.push(resolved.value);
  }
  if (devices.length === 0) return { ok: true, value: policies };
  return {
    ok: false,
    failure: {
      kind: 'diagnostics',
      diagnostics: [...findings.values()],
      sources: new Map([...filterSources(filters), ...sources]),
      devices,
    },
  };
}
