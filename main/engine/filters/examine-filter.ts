import type { Diagnostic } from '../../../shared/diagnostic.ts';
import type { FilterDocument, Parameters } from '../../../shared/nwfilter/filter-document.ts';
import type { Operation } from '../../../shared/plan/plan.ts';
import { emptyRuleset } from '../../../shared/plan/ruleset.ts';
import { wholePlan } from '../../../shared/plan/whole-plan.ts';
import { writeNft } from '../../../shared/plan/write-nft.ts';
import type { KernelAbilities } from '../../compiler/backends/backend.ts';
import { nftablesBackend } from '../../compiler/backends/nftables/nftables-backend.ts';
import { parseFilter } from '../../compiler/parse/parse-filter.ts';
import type { Policy } from '../../compiler/policy/policy.ts';
import type { FilterLookup } from '../../compiler/resolve/flatten-references.ts';
import { resolvePolicy } from '../../compiler/resolve/resolve-policy.ts';
import { findLoop } from '../find-loop.ts';
import { type FilterVariable, filterVariables } from './filter-variables.ts';

/** A rule as nft(8) writes it, with the place that it comes from. */
export interface CompiledRule {
  readonly family: 'bridge' | 'inet';
  readonly chain: string;
  readonly text: string;
  readonly filter: string;
  readonly line: number;
}

export interface ExaminedFilter {
  /** Undefined where the text is no filter. */
  readonly document: FilterDocument | undefined;
  readonly diagnostics: readonly Diagnostic[];
  readonly variables: readonly FilterVariable[];
  readonly rules: readonly CompiledRule[];
}

/** Addresses of documentation (RFC 5737, RFC 3849) and numbers that mean nothing, in the place of what only a NIC can give. */
const standIns: Readonly<Record<FilterVariable['type'], string>> = {
  ipv4: '192.0.2.10',
  ipv6: '2001:db8::10',
  mac: '52:54:00:00:00:10',
  number: '1',
  mask: '24',
  text: 'x',
};

const device = 'guest';
const mac = 0x5254_0000_0010n;

/** Values with which a filter can be tried where there is no NIC: those given, and stand-ins for the rest. */
export function withStandIns(variables: readonly FilterVariable[], parameters: Parameters): Parameters {
  const missing = variables.filter(({ name, given }) => !given && parameters[name] === undefined);
  return { ...Object.fromEntries(missing.map(({ name, type }) => [name, [standIns[type]]])), ...parameters };
}

/** What a text is as a filter: what is wrong with it, which values it needs, and the rules that it becomes. `lookup`: the other filters. */
export function examineFilter(
  text: string,
  file: string,
  lookup: FilterLookup,
  abilities: KernelAbilities,
): ExaminedFilter {
  const parsed = parseFilter(text, file);
  if (!parsed.ok) return { document: undefined, diagnostics: parsed.diagnostics, variables: [], rules: [] };
  const document = parsed.value;
  const find: FilterLookup = (name) => (name === document.name ? document : lookup(name));
  const loop = findLoop(document.name, find);
  if (loop !== undefined) {
    const message = `The references form a loop: ${loop.join(' -> ')}.`;
    const span = document.span;
    const found: Diagnostic = { code: 'reference-loop', severity: 'error', message, span, filter: document.name };
    return { document, diagnostics: [...parsed.warnings, found], variables: [], rules: [] };
  }
  const variables = filterVariables(document, find);
  const resolved = resolvePolicy(document, { device, mac, parameters: withStandIns(variables, {}) }, find);
  if (!resolved.ok)
    return { document, diagnostics: [...parsed.warnings, ...resolved.diagnostics], variables, rules: [] };
  const refused = nftablesBackend.refuse(resolved.value, abilities);
  const diagnostics = [...parsed.warnings, ...resolved.warnings, ...refused];
  return {
    document,
    diagnostics,
    variables,
    rules: refused.length > 0 ? [] : compiledRules(resolved.value, abilities),
  };
}

/** `filter:line`, as rules' comments have it. */
function placeOf(comment: string): Pick<CompiledRule, 'filter' | 'line'> | undefined {
  const [, filter, line] = /^(.*):([0-9]+)$/.exec(comment) ?? [];
  return filter === undefined ? undefined : { filter, line: Number(line) };
}

/** The rules of one policy as they would stand if there were no other, those alone that come from a filter's line. */
export function compiledRules(policy: Policy, abilities: KernelAbilities): readonly CompiledRule[] {
  const operations = wholePlan(nftablesBackend.compile([policy], abilities, emptyRuleset));
  const { text, origins } = writeNft(operations, { generation: 0, marker: '', forgotten: [], fresh: false });
  const lines = text.split('\n');
  return origins.flatMap((origin, at): CompiledRule[] => {
    if (origin?.rule === undefined) return [];
    const operation: Operation | undefined = operations[origin.operation];
    if (operation?.op !== 'replace-rules') return [];
    const place = placeOf(operation.rules[origin.rule]?.comment ?? '');
    if (place === undefined) return [];
    const { family, chain } = operation;
    // `add rule FAMILY TABLE CHAIN RULE comment "..."`: what leads to the rule is told by the other fields.
    const rule = (lines[at] ?? '').replace(/^(?:add rule \S+ \S+ \S+ )/, '').replace(/ comment "[^"]*"$/, '');
    return [{ family, chain, text: rule.trim(), ...place }];
  });
}
