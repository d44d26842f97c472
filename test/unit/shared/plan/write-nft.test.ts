import { describe, expect, it } from 'vitest';
import { fields } from '../../../../shared/plan/field-table.ts';
import { type Operation, operationSchema, planSchema } from '../../../../shared/plan/plan.ts';
import { matchSchema, setDefinitionSchema, statementSchema } from '../../../../shared/plan/ruleset.ts';
import { writeMatch } from '../../../../shared/plan/write-match.ts';
import { writeNft } from '../../../../shared/plan/write-nft.ts';
import {
  writeElement,
  writeElementKey,
  writeSameBytes,
  writeSetDeclaration,
} from '../../../../shared/plan/write-set.ts';
import { writeRule } from '../../../../shared/plan/write-statement.ts';
import {
  bridgeSets,
  dnatStatements,
  inetMatches,
  inetSets,
  inetStatements,
  matches,
  snatStatements,
  statements,
  wholeSample,
} from './samples.ts';

const allStatements = [...statements, ...inetStatements, ...dnatStatements, ...snatStatements];

const framing = { generation: 7, marker: '7 abc', forgotten: [], fresh: false };

describe('a match as nft text', () => {
  it.each([...matches, ...inetMatches])('%j', (match, text) => {
    expect(writeMatch(match)).toBe(text);
  });

  it('is known for every kind of match and every field', () => {
    const kinds = matchSchema.options.map(({ shape }) => shape.match.value);
    const samples = [...matches, ...inetMatches].map(([match]) => match);
    expect(new Set(samples.map(({ match }) => match))).toEqual(new Set(kinds));
    const compared = samples.flatMap((match) => (match.match === 'compare' ? [match.field] : []));
    expect(compared).toEqual(expect.arrayContaining(Object.keys(fields)));
  });
});

describe('a rule as nft text', () => {
  it.each(allStatements)('%j', (statement, text) => {
    expect(writeRule({ matches: [], counter: false, statement })).toBe(text);
  });

  it('is known for every statement', () => {
    const kinds = statementSchema.options.flatMap(({ shape }): readonly string[] =>
      'values' in shape.do ? [...shape.do.values] : shape.do.options,
    );
    const samples = allStatements.map(([statement]) => statement.do);
    expect(new Set(samples)).toEqual(new Set(kinds));
  });

  it('has its matches, then the counter, then the verdict, then the comment', () => {
    const text = writeRule({
      comment: 'no-spoofing:12',
      matches: [
        { match: 'compare', field: 'ether type', operator: '==', value: '2048' },
        { match: 'compare', field: 'ip saddr', operator: '!=', value: '10.0.0.1' },
      ],
      counter: true,
      statement: { do: 'drop' },
    });
    expect(text).toBe('ether type == 0x0800 ip saddr != 10.0.0.1-10.0.0.1 counter drop comment "no-spoofing:12"');
  });

  it('counts once where counting is all it does', () => {
    expect(writeRule({ matches: [], counter: true, statement: { do: 'count' } })).toBe('counter');
  });
});

describe('a set as nft text', () => {
  it.each(bridgeSets)('%s', (name, definition, text) => {
    const word = definition.kind === 'values' ? 'set' : 'map';
    expect(writeSetDeclaration('bridge', name, definition)).toBe(`add ${word} bridge guestward gw_${name} ${text}`);
  });

  it.each(inetSets)('%s', (name, definition, text) => {
    const word = definition.kind === 'verdicts' ? 'map' : 'set';
    expect(writeSetDeclaration('inet', name, definition)).toBe(`add ${word} inet guestward gw_${name} ${text}`);
  });

  it('is known for every kind and every key', () => {
    const samples = [...bridgeSets, ...inetSets].map(([, definition]) => definition);
    expect(new Set(samples.map(({ kind }) => kind))).toEqual(new Set(setDefinitionSchema.shape.kind.options));
    expect(new Set(samples.map(({ key }) => key))).toEqual(new Set(setDefinitionSchema.shape.key.options));
  });

  it.each([
    [{ port: 'vnet0', values: ['52:54:00:00:00:01', '0x1f'] }, '"vnet0" . 52:54:00:00:00:01 . 0x1f'],
    [{ port: 1, values: ['10.0.0.1'] }, '0x67770001 . 10.0.0.1'],
    [{ port: 65_535, values: [], chain: 'leaf' }, '0x6777ffff : goto gw_leaf'],
    [{ port: '0', values: [], mark: 16 }, '"0" : 0x67770010'],
    [{ port: '*', values: ['10.0.0.1', '80'] }, '10.0.0.1 . 80'],
  ])('element %j', (element, text) => {
    expect(writeElement(element)).toBe(text);
    expect(writeElementKey(element)).toBe(text.replace(/ : .*/, ''));
  });

  it('of equal bytes has all 256 pairs', () => {
    const [declaration, elements] = writeSameBytes('inet');
    expect(declaration).toBe('add set inet guestward gw_same_bytes { typeof @nh,0,8 . @nh,8,8; }');
    const pairs = [...(elements ?? '').matchAll(/0x([0-9a-f]+) \. 0x([0-9a-f]+)/g)];
    expect(pairs.filter(([, left, right]) => left === right)).toHaveLength(256);
    expect(new Set(pairs.map(([, left]) => Number.parseInt(left ?? '', 16)))).toHaveLength(256);
  });
});

describe('a plan as nft text', () => {
  const family = 'bridge';
  const accept = { comment: 'f:2', matches: [], counter: false, statement: { do: 'accept' } } as const;
  const rows: readonly (readonly [Operation, readonly string[]])[] = [
    [
      { op: 'add-chain', family, chain: 'leaf', content: { rules: [{ ...accept, matches: [] }] } },
      ['add chain bridge guestward gw_leaf', 'add rule bridge guestward gw_leaf accept comment "f:2"'],
    ],
    [
      { op: 'add-chain', family, chain: 'hooked', content: { base: 'mark-in', rules: [] } },
      ['add chain bridge guestward gw_hooked { type filter hook forward priority -200; policy accept; }'],
    ],
    [
      { op: 'add-chain', family: 'inet', chain: 'translating', content: { base: 'network-snat', rules: [] } },
      ['add chain inet guestward gw_translating { type nat hook postrouting priority 100; policy accept; }'],
    ],
    [
      { op: 'replace-rules', family, chain: 'leaf', rules: [{ ...accept, matches: [] }] },
      ['flush chain bridge guestward gw_leaf', 'add rule bridge guestward gw_leaf accept comment "f:2"'],
    ],
    [{ op: 'delete-chain', family, chain: 'leaf' }, ['delete chain bridge guestward gw_leaf']],
    [
      { op: 'add-set', family, set: 'ports', definition: { kind: 'verdicts', key: 'ifname', fields: [] } },
      ['add map bridge guestward gw_ports { type ifname : verdict; }'],
    ],
    [{ op: 'delete-set', family, set: 'ports' }, ['delete set bridge guestward gw_ports']],
    [
      {
        op: 'add-elements',
        family,
        set: 'ports',
        elements: ['a', 'b', 'c'].map((port) => ({ port, values: [], chain: 'leaf' })),
      },
      ['add element bridge guestward gw_ports { "a" : goto gw_leaf,', '"b" : goto gw_leaf,', '"c" : goto gw_leaf }'],
    ],
    [
      { op: 'delete-elements', family, set: 'ports', elements: [{ port: 'a', values: [], chain: 'leaf' }] },
      ['delete element bridge guestward gw_ports { "a" }'],
    ],
  ];
  const opening = ['add table bridge guestward', 'add table inet guestward'];
  const closing = [
    'add set bridge guestward gw_generation { type mark; }',
    'add element bridge guestward gw_generation { 0x7 comment "7 abc" }',
  ];

  it.each(rows)('%j', (operation, lines) => {
    expect(writeNft([operation], framing).text).toBe(`${[...opening, ...lines, ...closing].join('\n')}\n`);
  });

  it('is known for every operation', () => {
    const kinds = operationSchema.options.map(({ shape }) => shape.op.value);
    expect(new Set(rows.map(([{ op }]) => op))).toEqual(new Set(kinds));
  });

  it('leads every line back to its operation and rule', () => {
    const operations = rows.map(([operation]) => operation);
    const { text, origins } = writeNft(operations, framing);
    const lines = text.split('\n').slice(0, -1);
    expect(origins).toHaveLength(lines.length);
    for (const [index, [, written]] of rows.entries()) {
      const found = lines.filter((_, line) => origins[line]?.operation === index);
      expect(found).toEqual(written);
    }
    expect(origins[lines.indexOf('add rule bridge guestward gw_leaf accept comment "f:2"')]).toEqual({
      operation: 0,
      rule: 0,
    });
    expect(origins.at(-1)).toBeUndefined();
  });

  it('starts from empty tables where it is told to', () => {
    const { text } = writeNft([], { ...framing, fresh: true });
    expect(text.split('\n').slice(0, 6)).toEqual(
      ['bridge', 'inet'].flatMap((table) => [
        `add table ${table} guestward`,
        `delete table ${table} guestward`,
        `add table ${table} guestward`,
      ]),
    );
  });

  it('takes old generations away before it adds its own', () => {
    const { text } = writeNft([], { ...framing, forgotten: [5, 16] });
    expect(text).toContain('gw_generation { 0x5, 0x10 }\nadd element bridge guestward gw_generation { 0x7 ');
  });

  it('makes the set of equal bytes only where a rule looks into it', () => {
    expect(
      writeNft(
        rows.map(([operation]) => operation),
        framing,
      ).text,
    ).not.toContain('same_bytes');
    expect(writeNft(wholeSample().operations, framing).text).toContain('add set bridge guestward gw_same_bytes');
    expect(writeNft(wholeSample().operations, framing).text).not.toContain('inet guestward gw_same_bytes');
  });

  it('is written of a plan that the schema takes', () => {
    expect(planSchema.safeParse(wholeSample()).error).toBeUndefined();
  });
});
