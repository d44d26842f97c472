import type { Field } from '../../../../shared/plan/fields.ts';
import type { Match, PortKey, Rule, SetDefinition, Statement } from '../../../../shared/plan/ruleset.ts';
import type { Operand, PolicyRule, Test } from '../../policy/policy.ts';
import { contentName } from './content-name.ts';
import { type FieldContext, fieldValue, nftField, setField } from './header-fields.ts';
import { type Alternatives, renderTest } from './render-test.ts';
import { ruleComment } from './rule-comment.ts';

/** Values of one NIC that a shared rule looks up. */
export interface SharedValues {
  readonly set: string;
  readonly definition: SetDefinition;
  readonly rows: readonly (readonly string[])[];
}

export interface SharedRule {
  readonly rules: readonly Rule[];
  readonly values: readonly SharedValues[];
  /** Sets that the kernel fills while it counts connections. */
  readonly counters: readonly { readonly set: string; readonly definition: SetDefinition }[];
}

export interface ShareContext {
  /** Which of the port's names stands in front of the values. */
  readonly key: PortKey;
  readonly context: FieldContext;
  /** What happens to a frame that the rule rejects: frames are dropped, packets are answered. */
  readonly answersRejects: boolean;
}

type EqualTest = Extract<Test, { test: 'equal' }>;
type ColumnTest = EqualTest & { readonly operand: Extract<Operand, { kind: 'column' }> };

const columnsOf = (operand: Operand | undefined): readonly number[] =>
  operand?.kind === 'column' ? [operand.group] : [];

/** The groups that a test reads. */
function groupsOf(test: Test): readonly number[] {
  switch (test.test) {
    case 'equal':
      return [...columnsOf(test.operand), ...columnsOf(test.mask)];
    case 'range':
      return [...columnsOf(test.low), ...columnsOf(test.high)];
    case 'icmp':
      return [...test.type, ...test.code].flatMap(columnsOf);
    case 'tcp-option':
      return columnsOf(test.option);
    case 'connections':
      return columnsOf(test.above);
    default:
      return [];
  }
}

/** nft 1.0.6 shifts a field of several bytes into place as if it were in host byte order, so that it is never found in a set. */
const isLookup = (test: Test): test is ColumnTest =>
  test.test === 'equal' && test.operand.kind === 'column' && test.mask === undefined && test.field !== 'ip6-dscp';

/**
 * Whether a group's values can stand in a set beside those of other NICs. A negated lookup says "none of these", which is what the rule means only
 * if there is one value; masks, ranges and counts are written into the rule itself.
 */
function isShared(rule: PolicyRule, group: number): boolean {
  const { own, rows } = rule.groups[group] as PolicyRule['groups'][number];
  const tests = rule.tests.filter((test) => groupsOf(test).includes(group));
  return own && tests.every((test) => isLookup(test) && (rows.length === 1 || !test.negated));
}

const keyType = (key: PortKey): SetDefinition['key'] => (key === 'mark' ? 'mark' : 'ifname');

function lookup(
  tests: readonly ColumnTest[],
  rule: PolicyRule,
  { key, context }: ShareContext,
): { readonly match: Match; readonly values: SharedValues } {
  const fields: readonly Field[] = tests.map(({ field }) => nftField(field, context));
  const group = rule.groups[tests[0]?.operand.group as number] as PolicyRule['groups'][number];
  const labels = tests.map(({ operand }) => group.labels[operand.column]);
  const definition: SetDefinition = { kind: 'values', key: keyType(key), fields: fields.map(setField) };
  const set = contentName('v', [definition, labels]);
  const rows = group.rows.map((row) =>
    tests.map(({ operand }, at) => fieldValue(fields[at] as Field, row[operand.column] as bigint)),
  );
  const negated = tests[0]?.negated ?? false;
  return {
    match: { match: 'lookup', key, fields: [...fields], set, negated },
    values: { set, definition, rows: uniqueRows(rows) },
  };
}

function uniqueRows(rows: readonly (readonly string[])[]): readonly (readonly string[])[] {
  return [...new Map(rows.map((row) => [row.join(' '), row])).values()];
}

/** One lookup for each test of a group with a single row, one for all of a group with several: those go in parallel. */
function lookups(rule: PolicyRule, context: ShareContext): readonly ReturnType<typeof lookup>[] {
  return rule.groups.flatMap((group, index) => {
    const tests = rule.tests.filter(isLookup).filter(({ operand }) => operand.group === index);
    if (tests.length === 0 || !isShared(rule, index)) return [];
    return group.rows.length === 1
      ? tests.map((test) => lookup([test], rule, context))
      : [lookup(tests, rule, context)];
  });
}

/** Every choice of rows from the groups whose values are written into the rule. */
function literalChoices(rule: PolicyRule): readonly (readonly (readonly bigint[])[])[] {
  return rule.groups.reduce<readonly (readonly (readonly bigint[])[])[]>(
    (chosen, group, index) => {
      const used = rule.tests.some((test) => groupsOf(test).includes(index)) && !isShared(rule, index);
      const rows = used ? group.rows : [[]];
      return chosen.flatMap((choice) => rows.map((row) => [...choice, row]));
    },
    [[]],
  );
}

function literalAlternatives(rule: PolicyRule, context: FieldContext): Alternatives {
  return literalChoices(rule).flatMap((choice) => {
    const literal = (operand: Operand): bigint =>
      operand.kind === 'value' ? operand.value : (choice[operand.group]?.[operand.column] as bigint);
    const tests = rule.tests.filter(
      (test) => test.test !== 'connections' && !groupsOf(test).some((group) => isShared(rule, group)),
    );
    return tests.reduce<Alternatives>(
      (alternatives, test) =>
        alternatives.flatMap((matches) => renderTest(test, context, literal).map((more) => [...matches, ...more])),
      [[]],
    );
  });
}

function withoutRepeats(matches: readonly Match[]): Match[] {
  return [...new Map(matches.map((match) => [JSON.stringify(match), match])).values()];
}

const tcp = '6';
const isTransport = (match: Match, operator: '==' | '!='): boolean =>
  match.match === 'compare' && match.field === 'meta l4proto' && match.operator === operator;

/** TCP is answered by a reset, everything else by ICMP; a rule that leaves the protocol open becomes two. */
function rejects(
  matches: readonly Match[],
): readonly { readonly matches: readonly Match[]; readonly statement: Statement }[] {
  const reset: Statement = { do: 'reject', with: 'tcp-reset' };
  const unreachable: Statement = { do: 'reject', with: 'port-unreachable' };
  const protocol = matches.find((match) => isTransport(match, '=='));
  if (protocol?.match === 'compare') return [{ matches, statement: protocol.value === tcp ? reset : unreachable }];
  const isTcp: Match = { match: 'compare', field: 'meta l4proto', operator: '==', value: tcp };
  return [
    { matches: [isTcp, ...matches], statement: reset },
    { matches, statement: unreachable },
  ];
}

function statements(
  rule: PolicyRule,
  matches: readonly Match[],
  answers: boolean,
): readonly { readonly matches: readonly Match[]; readonly statement: Statement }[] {
  switch (rule.action) {
    case 'accept':
    case 'drop':
    case 'return':
      return [{ matches, statement: { do: rule.action } }];
    case 'continue':
      return [{ matches, statement: { do: 'count' } }];
    case 'reject':
      return answers ? rejects(matches) : [{ matches, statement: { do: 'drop' } }];
  }
}

/** Turns a rule into nft rules in which the NIC's own values are looked up by port, so that NICs whose rules differ only in these have the same ones. */
export function shareRule(rule: PolicyRule, context: ShareContext): SharedRule {
  const found = lookups(rule, context);
  const comment = ruleComment(rule.origin.filter, rule.origin.line);
  const counters: { set: string; definition: SetDefinition }[] = [];

  const limit = rule.tests.find((test) => test.test === 'connections');
  const limitMatches = (matches: readonly Match[]): readonly Match[] => {
    if (limit?.test !== 'connections') return [];
    const field: Field = context.context === 'ipv6' ? 'ip6 saddr' : 'ip saddr';
    const definition: SetDefinition = { kind: 'connections', key: keyType(context.key), fields: [field] };
    const above =
      limit.above.kind === 'value'
        ? limit.above.value
        : (rule.groups[limit.above.group]?.rows[0]?.[limit.above.column] ?? 0n);
    // With the limit and its direction, for an element goes on judging by those that it was made with (net/netfilter/nft_dynset.c).
    const set = contentName('c', [definition, matches, comment, above.toString(), limit.negated]);
    counters.push({ set, definition });
    return [
      { match: 'connections', key: context.key, fields: [field], set, above: Number(above), negated: limit.negated },
    ];
  };

  const rules = literalAlternatives(rule, context.context).flatMap((literal) => {
    const matches = [...withoutRepeats(literal), ...found.map(({ match }) => match)];
    const all = [...matches, ...limitMatches(matches)];
    return statements(rule, all, context.answersRejects).map(
      ({ matches: complete, statement }): Rule => ({ comment, matches: [...complete], counter: true, statement }),
    );
  });
  return { rules, values: found.map(({ values }) => values), counters };
}
