import type { Diagnostic } from '../../../shared/diagnostic.ts';
import { prefixMask } from '../../../shared/net/netmask.ts';
import { describeType } from '../../../shared/nwfilter/describe-type.ts';
import type { RuleAttribute } from '../../../shared/nwfilter/filter-document.ts';
import { type AttributeType, protocols } from '../../../shared/nwfilter/protocols.ts';
import type { LiteralValue, VariableAccess } from '../../../shared/nwfilter/values.ts';
import { parseLiteral } from '../parse/parse-literal.ts';
import type { ValueGroup } from '../policy/policy.ts';
import type { BoundAttribute, BoundRule } from './bound-rule.ts';
import type { ScopedRule } from './flatten-references.ts';

/** Combinations of the values of one rule's variables; each is a rule of its own. */
const maxCombinations = 10_000;

type Column = {
  readonly access: VariableAccess;
  readonly type: AttributeType;
  readonly values: readonly bigint[];
  readonly own: boolean;
};
type Problem = Omit<Diagnostic, 'severity' | 'span' | 'filter'>;

/** The number that stands for a literal in a header; undefined for literals that are not a number of a field. */
function numberOf(literal: LiteralValue, type: AttributeType): bigint | undefined {
  switch (literal.kind) {
    case 'number':
      return BigInt(literal.value);
    case 'mac':
    case 'ipv4':
    case 'ipv6':
      return literal.value;
    case 'prefix': {
      const width = type.type === 'ipv6-mask' ? 128 : 32;
      return prefixMask(literal.length, width);
    }
    default:
      return undefined;
  }
}

const labelOf = (access: VariableAccess): string =>
  access.kind === 'element' ? `${access.name}[${access.index}]` : access.name;

const writtenAs = (access: VariableAccess): string =>
  access.kind === 'element'
    ? `$${access.name}[${access.index}]`
    : `$${access.name}${access.iterator === 0 ? '' : `[@${access.iterator}]`}`;

/** The texts that a variable stands for at this place: a list for an iterator, one for an element. */
function textsOf(access: VariableAccess, { scope, filter }: ScopedRule): readonly string[] | Problem {
  const variable = scope.get(access.name);
  if (variable === undefined || variable.values.length === 0) {
    const isAddress = access.name === 'IP';
    return {
      code: isAddress ? 'ip-unknown' : 'undefined-variable',
      message: isAddress
        ? `The rule needs the NIC's IP address, and none was given.`
        : `The rule needs the variable ${access.name}, and it has no value.`,
      found: writtenAs(access),
      expected: `a parameter ${access.name} of the NIC or of the reference to '${filter.name}'`,
    };
  }
  if (access.kind === 'iterator') return variable.values;
  const text = variable.values[access.index];
  if (text !== undefined) return [text];
  return {
    code: 'index-out-of-range',
    message: `The variable ${access.name} has no element ${access.index}.`,
    found: writtenAs(access),
    expected: `an index from 0 to ${variable.values.length - 1}`,
  };
}

/** Each row once, in the order of their first appearance. */
function rowsOf(columns: readonly Column[]): readonly (readonly bigint[])[] {
  const rows = new Map<string, readonly bigint[]>();
  for (const index of columns[0]?.values.keys() ?? []) {
    const row = columns.map(({ values }) => values[index] as bigint);
    rows.set(row.join(), row);
  }
  return [...rows.values()];
}

export type Binding =
  | { readonly ok: true; readonly rule: BoundRule }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/**
 * Replaces a rule's variables by their values. Variables under one iterator are walked in parallel and need lists of one length; different
 * iterators, and single elements, are combined with each other.
 */
export function bindVariables(scoped: ScopedRule): Binding {
  const { rule, filter } = scoped;
  const origin = { filter: filter.name, file: rule.span.file, line: rule.span.line };
  const diagnostics: Diagnostic[] = [];
  const attributes = new Map<string, BoundAttribute>();
  const columnsOf = new Map<string, Column[]>();
  const places = new Map<string, { readonly group: string; readonly column: number; readonly negated: boolean }>();

  const complain = (attribute: RuleAttribute, problem: Problem): void => {
    diagnostics.push({
      severity: 'error',
      span: attribute.span,
      filter: filter.name,
      attribute: attribute.name,
      ...problem,
    });
  };

  const table: Readonly<Record<string, AttributeType>> = rule.protocol === undefined ? {} : protocols[rule.protocol];
  for (const attribute of rule.attributes) {
    const { name, negated, value } = attribute;
    const type = table[name];
    if (type === undefined || type.type === 'comment') continue;
    if (value.kind !== 'variable') {
      const number = numberOf(value, type);
      attributes.set(
        name,
        number === undefined
          ? { kind: 'literal', negated, literal: value }
          : { kind: 'operand', negated, operand: { kind: 'value', value: number } },
      );
      continue;
    }
    const texts = textsOf(value.access, scoped);
    if (!Array.isArray(texts)) {
      complain(attribute, texts as Problem);
      continue;
    }
    const literals = texts.map((text) => parseLiteral(type, text));
    const wrong = literals.indexOf(undefined);
    if (wrong >= 0) {
      complain(attribute, {
        code: 'bad-value',
        message: `The value '${texts[wrong]}' of ${writtenAs(value.access)} does not fit ${name}.`,
        found: texts[wrong],
        expected: describeType(type),
      });
      continue;
    }
    const numbers = literals.map((literal) => numberOf(literal as LiteralValue, type));
    if (numbers.includes(undefined)) {
      if (literals.length === 1)
        attributes.set(name, { kind: 'literal', negated, literal: literals[0] as LiteralValue });
      else {
        complain(attribute, {
          code: 'one-value',
          message: `${name} takes one value, and ${writtenAs(value.access)} has ${literals.length}.`,
          found: writtenAs(value.access),
          expected: `${writtenAs(value.access)}[0], or a list of one`,
        });
      }
      continue;
    }
    const group = value.access.kind === 'iterator' ? `@${value.access.iterator}` : labelOf(value.access);
    const columns = columnsOf.get(group) ?? [];
    columnsOf.set(group, columns);
    const own = scoped.scope.get(value.access.name)?.own ?? false;
    const first = columns[0];
    if (first !== undefined && first.values.length !== numbers.length) {
      complain(attribute, {
        code: 'unequal-lists',
        message: `${writtenAs(value.access)} has ${numbers.length} values and ${writtenAs(first.access)} has ${first.values.length}: lists that are walked together must be equally long.`,
        found: writtenAs(value.access),
        expected: `${first.values.length} values, or an iterator of its own such as $${value.access.name}[@1]`,
      });
      continue;
    }
    places.set(name, { group, column: columns.length, negated });
    columns.push({ access: value.access, type, values: numbers as bigint[], own });
  }
  if (diagnostics.length > 0) return { ok: false, diagnostics };

  const groups: ValueGroup[] = [];
  const groupNumbers = new Map<string, number>();
  for (const [key, columns] of columnsOf) {
    groupNumbers.set(key, groups.length);
    groups.push({
      labels: columns.map(({ access }) => labelOf(access)),
      rows: rowsOf(columns),
      own: columns.every(({ own }) => own),
    });
  }
  for (const [name, { group, column, negated }] of places) {
    attributes.set(name, {
      kind: 'operand',
      negated,
      operand: { kind: 'column', group: groupNumbers.get(group) as number, column },
    });
  }
  const combinations = groups.reduce((product, { rows }) => product * rows.length, 1);
  if (combinations > maxCombinations) {
    const message = `The rule's variables make ${combinations} combinations; at most ${maxCombinations} are allowed.`;
    return {
      ok: false,
      diagnostics: [
        { code: 'too-many-combinations', severity: 'error', message, span: rule.span, filter: filter.name },
      ],
    };
  }
  return { ok: true, rule: { scoped, origin, attributes, groups } };
}
