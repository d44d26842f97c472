import { parseFilter } from '../../../../main/compiler/parse/parse-filter.ts';
import type { Policy, PolicyRule } from '../../../../main/compiler/policy/policy.ts';
import { resolvePolicy } from '../../../../main/compiler/resolve/resolve-policy.ts';
import type { Checked, Diagnostic } from '../../../../shared/diagnostic.ts';
import type { FilterDocument, Parameters } from '../../../../shared/nwfilter/filter-document.ts';

export interface Nic {
  readonly mac?: bigint;
  readonly parameters?: Parameters;
}

/** Filters by name; each text is what stands between `<filter ...>` and `</filter>`, or a whole filter. */
export type Filters = Readonly<Record<string, string>>;

/** Resolves the filter `top` of these for a NIC, with every filter's file called by its name. */
export function resolve(filters: Filters, { mac, parameters = {} }: Nic = {}): Checked<Policy> {
  const documents = new Map<string, FilterDocument>();
  for (const [name, text] of Object.entries(filters)) {
    const whole = text.startsWith('<filter ') ? text : `<filter name='${name}'>${text}</filter>`;
    const parsed = parseFilter(whole, `${name}.xml`);
    if (!parsed.ok) throw new Error(parsed.diagnostics.map(({ message }) => message).join('\n'));
    documents.set(name, parsed.value);
  }
  return resolvePolicy(documents.get('top') as FilterDocument, { device: 'vnet0', mac, parameters }, (name) =>
    documents.get(name),
  );
}

export function expectPolicy(filters: Filters, nic: Nic = {}): Policy {
  const resolved = resolve(filters, nic);
  if (!resolved.ok) throw new Error(resolved.diagnostics.map(({ message }) => message).join('\n'));
  return resolved.value;
}

export function expectErrors(filters: Filters, nic: Nic = {}): readonly Diagnostic[] {
  const resolved = resolve(filters, nic);
  if (resolved.ok) throw new Error('The filter should not have been resolved.');
  return resolved.diagnostics;
}

/** The one rule of a rule's text, in the direction `out`. */
export function onlyRule(text: string, nic: Nic = {}): PolicyRule {
  const { frames, packets } = expectPolicy({ top: text }, nic);
  const rules = [
    ...frames.out.root.flatMap((entry) => ('chain' in entry ? [] : [entry])),
    ...packets.out.ipv4,
    ...packets.out.ipv6,
  ];
  const [rule, ...more] = rules;
  if (rule === undefined || more.length > 0) throw new Error(`There are ${rules.length} rules.`);
  return rule;
}
