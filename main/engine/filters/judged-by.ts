import type { Policy } from '../../compiler/policy/policy.ts';
import { resolvePolicy } from '../../compiler/resolve/resolve-policy.ts';
import type { TraceSubject } from '../engine.ts';
import type { Outcome } from '../failure.ts';
import { filterSources } from '../resolve-bindings.ts';
import type { Workspace } from '../workspace.ts';
import { withStandIns } from './examine-filter.ts';
import { filterVariables } from './filter-variables.ts';

type Known = Pick<Workspace, 'filters' | 'bindings'>;

/** The policy of a bound NIC, or of a filter as it would be for the values given; with stand-ins for those that are missing. */
export function judgedBy(subject: TraceSubject, known: Known): Outcome<Policy> {
  if ('device' in subject) return policyOf(subject, known);
  const lookup = (name: string) => known.filters.get(name)?.document;
  const filter = lookup(subject.filter);
  const variables = filter === undefined ? [] : filterVariables(filter, lookup);
  return policyOf({ ...subject, parameters: withStandIns(variables, subject.parameters) }, known);
}

/** The policy of a bound NIC, or of a filter as it would be for the values given. */
export function policyOf(subject: TraceSubject, { filters, bindings }: Known): Outcome<Policy> {
  const lookup = (name: string) => filters.get(name)?.document;
  const bound = 'device' in subject ? bindings.get(subject.device)?.binding : undefined;
  if ('device' in subject && bound === undefined) {
    return { ok: false, failure: { kind: 'binding-not-found', device: subject.device } };
  }
  const name = 'device' in subject ? (bound?.filter as string) : subject.filter;
  const filter = lookup(name);
  if (filter === undefined) return { ok: false, failure: { kind: 'filter-not-found', name } };
  const nic = 'device' in subject ? (bound as NonNullable<typeof bound>) : { device: 'trace', ...subject };
  const resolved = resolvePolicy(filter, nic, lookup);
  if (resolved.ok) return { ok: true, value: resolved.value };
  const sources = filterSources(filters);
  return {
    ok: false,
    failure: { kind: 'diagnostics', diagnostics: resolved.diagnostics, sources, devices: [nic.device] },
  };
}
