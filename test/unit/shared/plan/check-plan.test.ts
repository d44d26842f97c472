import { describe, expect, it } from 'vitest';
import { checkPlan } from '../../../../shared/plan/check-plan.ts';
import type { DefinitionChange, Operation, Plan } from '../../../../shared/plan/plan.ts';
import {
  type Element,
  emptyRuleset,
  type Match,
  type SetDefinition,
  type Statement,
} from '../../../../shared/plan/ruleset.ts';
import { shapeOf } from '../../../../shared/plan/shape.ts';
import { wholeSample } from './samples.ts';

const empty = shapeOf(emptyRuleset);

function planOf(operations: readonly Operation[], definitions: readonly DefinitionChange[] = []): Plan {
  return { version: 1, base: 0, bridgeNetfilter: false, operations: [...operations], definitions: [...definitions] };
}

function problemsOf(plan: Plan): readonly string[] {
  const check = checkPlan(plan, empty);
  return check.ok ? [] : check.problems.map(({ message }) => message);
}

/** Sets and chains for rules and elements to refer to. */
const ground: readonly Operation[] = (['bridge', 'inet'] as const).flatMap((family): readonly Operation[] => [
  { op: 'add-set', family, set: 'values', definition: { kind: 'values', key: 'ifname', fields: ['ip saddr'] } },
  { op: 'add-set', family, set: 'numbered', definition: { kind: 'values', key: 'mark', fields: ['ip saddr'] } },
  { op: 'add-set', family, set: 'plain', definition: { kind: 'values', key: 'none', fields: ['ip saddr'] } },
  { op: 'add-set', family, set: 'verdicts', definition: { kind: 'verdicts', key: 'ifname', fields: [] } },
  { op: 'add-set', family, set: 'marks', definition: { kind: 'marks', key: 'ifname', fields: [] } },
  { op: 'add-set', family, set: 'counted', definition: { kind: 'connections', key: 'mark', fields: ['ip saddr'] } },
  { op: 'add-chain', family, chain: 'leaf', content: { rules: [] } },
  { op: 'add-chain', family, chain: 'hooked', content: { base: 'packets-in', rules: [] } },
]);

const withRule = (matches: readonly Match[], statement: Statement, family: 'bridge' | 'inet' = 'bridge') =>
  planOf([
    ...ground,
    {
      op: 'add-chain',
      family,
      chain: 'tried',
      content: { rules: [{ matches: [...matches], counter: false, statement }] },
    },
  ]);

describe('the check of a plan', () => {
  it('takes a plan with everything in it, and one that builds on it', () => {
    const first = checkPlan(wholeSample(), empty);
    expect(first).toMatchObject({ ok: true });
    if (!first.ok) return;
    const after = planOf([{ op: 'delete-chain', family: 'bridge', chain: 'statements' }]);
    expect(checkPlan(after, first.shape)).toMatchObject({ ok: true });
    expect(checkPlan(after, empty)).toMatchObject({ ok: false });
  });

  it.each<readonly [string, Match, string]>([
    [
      'a MAC for an address',
      { match: 'compare', field: 'ip saddr', operator: '==', value: '52:54:00:00:00:01' },
      'no value of ip saddr',
    ],
    [
      'an address with a leading zero',
      { match: 'compare', field: 'ip saddr', operator: '==', value: '010.0.0.1' },
      'no value of ip saddr',
    ],
    [
      'a number as an address',
      { match: 'compare', field: 'ip saddr', operator: '==', value: '2130706433' },
      'no value of ip saddr',
    ],
    [
      'an address that is not shortened',
      { match: 'compare', field: 'ip6 saddr', operator: '==', value: 'fe80:0:0:0:0:0:0:1' },
      'no value of ip6 saddr',
    ],
    [
      'a number that is too wide',
      { match: 'compare', field: 'vlan id', operator: '==', value: '4096' },
      'at most 12 bits',
    ],
    ['a hexadecimal port', { match: 'compare', field: 'th dport', operator: '==', value: '0x16' }, 'a decimal number'],
    [
      'a decimal number for raw bytes',
      { match: 'compare', field: { raw: 'nh', offset: 0, length: 8 }, operator: '==', value: '1' },
      'hexadecimal',
    ],
    [
      'raw bytes that are too wide',
      { match: 'compare', field: { raw: 'nh', offset: 0, length: 8 }, operator: '==', value: '0x100' },
      'at most 8 bits',
    ],
    [
      'raw bytes with a leading zero',
      { match: 'compare', field: { raw: 'nh', offset: 0, length: 8 }, operator: '==', value: '0x01' },
      'no value',
    ],
    [
      'a value outside its mask',
      { match: 'compare', field: 'ip saddr', operator: '==', value: '10.0.0.1', mask: '255.0.0.0' },
      'outside its mask',
    ],
    [
      'a mask of another type',
      { match: 'compare', field: 'ip saddr', operator: '==', value: '10.0.0.0', mask: '24' },
      'no value of ip saddr',
    ],
    [
      'a mask that nft would shift wrongly',
      { match: 'compare', field: { raw: 'nh', offset: 4, length: 8 }, operator: '==', value: '0x10', mask: '0xf0' },
      'cannot be masked',
    ],
    ['a range that descends', { match: 'range', field: 'th dport', operator: '==', low: '2', high: '1' }, 'descends'],
    [
      'a range of another type',
      { match: 'range', field: 'th dport', operator: '==', low: 'a', high: '1' },
      'no value of th dport',
    ],
    [
      'a set that is not there',
      { match: 'lookup', key: 'iifname', fields: ['ip saddr'], set: 'other', negated: false },
      'no set other',
    ],
    [
      'a set with "constructor" for a name',
      { match: 'lookup', key: 'iifname', fields: ['ip saddr'], set: 'constructor', negated: false },
      'no set constructor',
    ],
    [
      'a set of other fields',
      { match: 'lookup', key: 'iifname', fields: ['ip6 saddr'], set: 'values', negated: false },
      'the set values holds',
    ],
    [
      'a set of another key',
      { match: 'lookup', key: 'mark', fields: ['ip saddr'], set: 'values', negated: false },
      'the set values holds',
    ],
    [
      'a set of another kind',
      { match: 'lookup', key: 'mark', fields: ['ip saddr'], set: 'counted', negated: false },
      'the set counted holds',
    ],
    [
      'connections in a set of values',
      { match: 'connections', key: 'mark', fields: ['ip saddr'], set: 'numbered', above: 1, negated: false },
      'the set numbered holds',
    ],
    [
      'bytes that are no bytes',
      {
        match: 'same-byte',
        left: { raw: 'nh', offset: 4, length: 8 },
        right: { raw: 'nh', offset: 8, length: 8 },
        negated: false,
      },
      'whole bytes',
    ],
    ['flags outside their mask', { match: 'tcp-flags', operator: '==', mask: 2, flags: 3 }, 'outside their mask'],
    ['a state twice', { match: 'ct-state', states: ['new', 'new'] }, 'stands twice'],
    [
      'a field of the inet table',
      { match: 'compare', field: 'meta nfproto', operator: '==', value: '2' },
      'in the inet table only',
    ],
  ])('refuses %s', (_, match, message) => {
    expect(problemsOf(withRule([match], { do: 'accept' }))).toEqual([expect.stringContaining(message)]);
  });

  it('refuses fields of frames in the inet table', () => {
    const match: Match = { match: 'compare', field: 'vlan id', operator: '==', value: '1' };
    expect(problemsOf(withRule([match], { do: 'accept' }, 'inet'))).toEqual([
      expect.stringContaining('in the bridge table only'),
    ]);
  });

  it('refuses a count of connections that does not stand last', () => {
    const counting: Match = {
      match: 'connections',
      key: 'mark',
      fields: ['ip saddr'],
      set: 'counted',
      above: 1,
      negated: false,
    };
    const narrowing: Match = { match: 'compare', field: 'ip saddr', operator: '==', value: '10.0.0.1' };
    expect(problemsOf(withRule([narrowing, counting], { do: 'drop' }, 'inet'))).toEqual([]);
    expect(problemsOf(withRule([counting, narrowing], { do: 'drop' }, 'inet'))).toEqual([
      expect.stringContaining('does not stand last'),
    ]);
  });

  it.each<readonly [string, Statement, string]>([
    ['a jump to nowhere', { do: 'jump', chain: 'nowhere' }, 'no chain nowhere'],
    ['a jump to a hook', { do: 'goto', chain: 'hooked' }, 'cannot be led to'],
    ['a jump to itself', { do: 'jump', chain: 'tried' }, 'no chain tried'],
    ['a dispatch through values', { do: 'dispatch', key: 'iifname', map: 'values' }, 'the set values holds'],
    ['a dispatch by another key', { do: 'dispatch', key: 'mark', map: 'verdicts' }, 'the set verdicts holds'],
    [
      'an EtherType twice',
      {
        do: 'dispatch-type',
        chains: [
          { etherType: 1, chain: 'leaf' },
          { etherType: 1, chain: 'leaf' },
        ],
      },
      'stands twice',
    ],
    [
      'an EtherType to a hook',
      { do: 'dispatch-type', chains: [{ etherType: 1, chain: 'hooked' }] },
      'cannot be led to',
    ],
    ['a mark out of verdicts', { do: 'set-mark', key: 'iifname', map: 'verdicts' }, 'the set verdicts holds'],
  ])('refuses %s', (_, statement, message) => {
    expect(problemsOf(withRule([], statement))).toEqual([expect.stringContaining(message)]);
  });

  it('refuses EtherTypes in the inet table', () => {
    const statement: Statement = { do: 'dispatch-type', chains: [{ etherType: 1, chain: 'leaf' }] };
    expect(problemsOf(withRule([], statement, 'inet'))).toEqual([expect.stringContaining('bridge table only')]);
  });

  it.each<readonly [string, string, Element, string]>([
    ['too few values', 'values', { port: 'a', values: [] }, '0 values'],
    ['too many values', 'values', { port: 'a', values: ['10.0.0.1', '10.0.0.1'] }, '2 values'],
    ['a value of another type', 'values', { port: 'a', values: ['1'] }, 'no value of ip saddr'],
    ['no port for a device', 'values', { port: '*', values: ['10.0.0.1'] }, 'a device is wanted, not no port'],
    ['a device where no port is', 'plain', { port: 'a', values: ['10.0.0.1'] }, 'no port is wanted, not a device'],
    ['a number for a device', 'values', { port: 1, values: ['10.0.0.1'] }, 'a device is wanted'],
    ['a device for a number', 'numbered', { port: 'a', values: ['10.0.0.1'] }, 'a port number is wanted'],
    [
      'a verdict among values',
      'values',
      { port: 'a', values: ['10.0.0.1'], chain: 'leaf' },
      'a chain does not belong here',
    ],
    ['a mark among values', 'values', { port: 'a', values: ['10.0.0.1'], mark: 1 }, 'a mark does not belong here'],
    ['no verdict', 'verdicts', { port: 'a', values: [] }, 'a chain is missing'],
    ['a verdict to nowhere', 'verdicts', { port: 'a', values: [], chain: 'nowhere' }, 'no chain nowhere'],
    ['a verdict to a hook', 'verdicts', { port: 'a', values: [], chain: 'hooked' }, 'cannot be led to'],
    ['no mark', 'marks', { port: 'a', values: [] }, 'a mark is missing'],
    ['a connection', 'counted', { port: 1, values: ['10.0.0.1'] }, 'the kernel alone'],
    ['a set that is not there', 'nowhere', { port: 1, values: [] }, 'no set nowhere'],
  ])('refuses an element with %s', (_, set, element, message) => {
    const problems = problemsOf(
      planOf([...ground, { op: 'add-elements', family: 'bridge', set, elements: [element] }]),
    );
    expect(problems).toEqual([expect.stringContaining(message)]);
  });

  it.each<readonly [string, SetDefinition, string]>([
    ['values without a port and a field', { kind: 'values', key: 'none', fields: [] }, 'need a field'],
    ['verdicts without a port', { kind: 'verdicts', key: 'none', fields: [] }, 'can do without a port'],
    ['marks without a port', { kind: 'marks', key: 'none', fields: [] }, 'can do without a port'],
    ['verdicts by a field', { kind: 'verdicts', key: 'ifname', fields: ['ip saddr'] }, 'by the port alone'],
    ['marks by a number', { kind: 'marks', key: 'mark', fields: [] }, 'by device'],
    [
      'a field that nft would shift wrongly',
      { kind: 'values', key: 'ifname', fields: ['ip6 dscp'] },
      'cannot stand in a set',
    ],
    [
      'raw bits across bytes',
      { kind: 'values', key: 'ifname', fields: [{ raw: 'nh', offset: 4, length: 8 }] },
      'cannot stand in a set',
    ],
  ])('refuses a set of %s', (_, definition, message) => {
    const problems = problemsOf(planOf([{ op: 'add-set', family: 'bridge', set: 'tried', definition }]));
    expect(problems).toEqual([expect.stringContaining(message)]);
  });

  it('takes raw bits within a byte, or up to the end of one, into a set', () => {
    for (const field of [
      { raw: 'nh', offset: 1, length: 3 },
      { raw: 'nh', offset: 4, length: 12 },
    ] as const) {
      const definition: SetDefinition = { kind: 'values', key: 'ifname', fields: [field] };
      expect(problemsOf(planOf([{ op: 'add-set', family: 'bridge', set: 'tried', definition }]))).toEqual([]);
    }
  });

  it.each<readonly [string, Operation, string]>([
    [
      'a chain that is there',
      { op: 'add-chain', family: 'bridge', chain: 'leaf', content: { rules: [] } },
      'a chain leaf already',
    ],
    [
      'a set that is there',
      {
        op: 'add-set',
        family: 'bridge',
        set: 'values',
        definition: { kind: 'values', key: 'ifname', fields: ['ip saddr'] },
      },
      'a set values already',
    ],
    ['a chain that is gone', { op: 'delete-chain', family: 'bridge', chain: 'gone' }, 'no chain gone'],
    ['a set that is gone', { op: 'delete-set', family: 'bridge', set: 'gone' }, 'no set gone'],
    [
      'rules of a chain that is gone',
      { op: 'replace-rules', family: 'bridge', chain: 'gone', rules: [] },
      'no chain gone',
    ],
    [
      'a hook that the table does not have',
      { op: 'add-chain', family: 'inet', chain: 'new', content: { base: 'frames-out', rules: [] } },
      'no place for frames-out',
    ],
    [
      'a hook that is taken',
      { op: 'add-chain', family: 'inet', chain: 'new', content: { base: 'packets-in', rules: [] } },
      'hooks in at packets-in already',
    ],
  ])('refuses %s', (_, operation, message) => {
    expect(problemsOf(planOf([...ground, operation]))).toEqual([expect.stringContaining(message)]);
  });

  it('lets a hook be given to another chain once it is free', () => {
    const moved = planOf([
      ...ground,
      { op: 'delete-chain', family: 'inet', chain: 'hooked' },
      { op: 'add-chain', family: 'inet', chain: 'hooked', content: { base: 'packets-in', rules: [] } },
    ]);
    expect(problemsOf(moved)).toEqual([]);
  });

  it.each<readonly [string, DefinitionChange, string]>([
    ['a name without end', { kind: 'filter', name: '\u{1f525}'.repeat(64), text: '' }, 'cannot be kept in a file'],
    ['half a character for a name', { kind: 'filter', name: '\ud800', text: '' }, 'cannot be kept in a file'],
    ['half a character in its text', { kind: 'filter', name: 'a', text: '\ud800' }, 'not Unicode'],
  ])('refuses a definition with %s', (_, definition, message) => {
    expect(problemsOf(planOf([], [definition]))).toEqual([expect.stringContaining(message)]);
  });

  it('refuses two definitions for one file', () => {
    const definition: DefinitionChange = { kind: 'filter', name: 'a', text: null };
    expect(problemsOf(planOf([], [definition, definition]))).toEqual([expect.stringContaining('stands twice')]);
    expect(problemsOf(planOf([], [definition, { ...definition, kind: 'binding' }]))).toEqual([]);
  });

  it('says where a problem is, and stops at twenty', () => {
    const wrong: Match = { match: 'compare', field: 'ip saddr', operator: '==', value: '1' };
    const rules = Array.from({ length: 100 }, () => ({
      comment: 'f:3',
      matches: [wrong],
      counter: false,
      statement: { do: 'accept' } as const,
    }));
    const check = checkPlan(planOf([...ground, { op: 'replace-rules', family: 'inet', chain: 'leaf', rules }]), empty);
    const problems = check.ok ? [] : check.problems;
    expect(problems).toHaveLength(20);
    expect(problems[1]).toMatchObject({ operation: ground.length, rule: 1, comment: 'f:3' });
  });

  it('refuses more parts than fit into a request', () => {
    const elements = Array.from({ length: 100_000 }, (_, index) => ({ port: `p${index}`, values: ['10.0.0.1'] }));
    const add: Operation = { op: 'add-elements', family: 'bridge', set: 'values', elements };
    expect(problemsOf(planOf([...ground, add, add]))).toEqual([expect.stringContaining('more than 200000 parts')]);
  });
});
