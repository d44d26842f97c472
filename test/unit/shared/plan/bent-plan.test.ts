import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkPlan } from '../../../../shared/plan/check-plan.ts';
import { definitionFileName } from '../../../../shared/plan/definition-file-name.ts';
import { fields } from '../../../../shared/plan/field-table.ts';
import { planSchema } from '../../../../shared/plan/plan.ts';
import { baseChainSchema, emptyRuleset } from '../../../../shared/plan/ruleset.ts';
import { shapeOf } from '../../../../shared/plan/shape.ts';
import { writeNft } from '../../../../shared/plan/write-nft.ts';
import { foreignLines } from './own-text.ts';
import { wholeSample } from './samples.ts';

type Path = readonly (string | number)[];

/** The places of every string, number and boolean, and of every object. */
interface Places {
  readonly leaves: readonly Path[];
  readonly objects: readonly Path[];
}

/** One place of each sort: an array's entries that are of the same operation, match or statement are one. */
function placesIn(value: unknown): Places {
  const leaves = new Map<string, Path>();
  const objects = new Map<string, Path>();
  const visit = (part: unknown, path: Path, sort: string): void => {
    if (typeof part !== 'object' || part === null) {
      if (!leaves.has(sort)) leaves.set(sort, path);
      return;
    }
    if (!Array.isArray(part) && !objects.has(sort)) objects.set(sort, path);
    for (const [key, inner] of Object.entries(part)) {
      const step = Array.isArray(part) ? Number(key) : key;
      visit(inner, [...path, step], `${sort} ${Array.isArray(part) ? sortOf(inner) : key}`);
    }
  };
  visit(value, [], '');
  return { leaves: [...leaves.values()], objects: [...objects.values()] };
}

function sortOf(part: unknown): string {
  if (typeof part !== 'object' || part === null) return typeof part;
  const tags = part as Readonly<Record<string, unknown>>;
  return String(tags['op'] ?? tags['match'] ?? tags['do'] ?? tags['kind'] ?? 'part');
}

function at(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<string | number, unknown>)[key], value);
}

function bend(path: Path, value: unknown): unknown {
  const plan = structuredClone(wholeSample());
  const key = path.at(-1) as string | number;
  (at(plan, path.slice(0, -1)) as Record<string | number, unknown>)[key] = value;
  return plan;
}

/** What the helper would give to nft, or undefined where it refuses. Never throws. */
function carry(input: unknown): string | undefined {
  const parsed = planSchema.safeParse(input);
  if (!parsed.success || !checkPlan(parsed.data, shapeOf(emptyRuleset)).ok) return undefined;
  for (const { name } of parsed.data.definitions) {
    expect(definitionFileName(name)).toMatch(/^[A-Za-z0-9%][A-Za-z0-9%_.-]*\.xml$/);
  }
  return writeNft(parsed.data.operations, { generation: 1, marker: '1 abc', forgotten: [], fresh: false }).text;
}

const canaries = [
  '"',
  '\n',
  'a\nflush ruleset',
  'x }\nadd table inet evil',
  'x; flush ruleset',
  'x } ; delete table inet filter',
  '# x',
  'include "/etc/shadow"',
  '/etc/passwd',
  '../../etc/passwd',
  '-f',
  '$(id)',
  '`id`',
  '@evil',
  'a b',
  'a,b',
  'filter',
  'x"; comment "',
  '\\',
  '\0',
  '\u2028',
  '\ud800',
  '__proto__',
  'constructor',
  'x'.repeat(300_000),
];

const oddValues: readonly unknown[] = [
  -1,
  0,
  1.5,
  1e21,
  4_294_967_296,
  Number.MAX_SAFE_INTEGER,
  null,
  true,
  '1',
  '',
  [],
  {},
  [[]],
  { toString: 'x' },
];

describe('a bent plan', () => {
  const straight = wholeSample();
  const straightText = carry(straight) ?? '';
  const places = placesIn(straight);

  it('is written as it should be when it is straight', () => {
    expect(straightText.split('\n').length).toBeGreaterThan(100);
    expect(foreignLines(straightText)).toEqual([]);
  });

  it.each(canaries.map((canary) => [canary.slice(0, 40), canary]))(
    'names nothing foreign with %j in any place',
    (_, canary) => {
      for (const path of places.leaves.filter((place) => typeof at(straight, place) === 'string')) {
        const text = carry(bend(path, canary));
        if (text === undefined) continue;
        expect(foreignLines(text), path.join('.')).toEqual([]);
        // Definitions are kept, never read.
        if (path[0] === 'definitions') expect(text).toBe(straightText);
      }
    },
  );

  it.each(oddValues.map((value) => ({ value })))('names nothing foreign with $value in any place', ({ value }) => {
    for (const path of places.leaves) expect(foreignLines(carry(bend(path, value)) ?? ''), path.join('.')).toEqual([]);
  });

  it.each(['table', 'chain2', 'path', 'toString', '__proto__', 'constructor'])(
    'is refused with %s added to any part',
    (key) => {
      for (const path of places.objects) {
        const plan = structuredClone(wholeSample());
        Object.defineProperty(at(plan, path), key, { value: 'x', enumerable: true, configurable: true });
        expect(planSchema.safeParse(plan).success, path.join('.')).toBe(false);
      }
    },
  );

  it('is refused with any part left out, or is still all our own', () => {
    for (const path of [...places.leaves, ...places.objects.slice(1)]) {
      expect(foreignLines(carry(bend(path, undefined)) ?? ''), path.join('.')).toEqual([]);
    }
  });
});

describe('a random plan', () => {
  const hostile = fc.oneof(fc.constantFrom(...canaries.slice(0, -1)), fc.string({ unit: 'binary', maxLength: 20 }));
  const orHostile = <T>(arbitrary: fc.Arbitrary<T>) =>
    fc.oneof({ weight: 30, arbitrary }, { weight: 1, arbitrary: hostile });
  const object = orHostile(fc.constantFrom('a', 'b', 'c'));
  const port = fc.oneof(orHostile(fc.constantFrom('vnet0', 'tap-1.x', '*')), fc.integer({ min: 1, max: 9 }));
  const value = orHostile(fc.constantFrom('10.0.0.1', '52:54:00:00:00:01', 'fe80::1', '7', '0x7'));
  const field = fc.oneof(
    orHostile(fc.constantFrom(...Object.keys(fields))),
    fc.record({ raw: fc.constantFrom('ll', 'nh', 'th'), offset: fc.nat(2050), length: fc.nat(130) }),
  );
  const operator = orHostile(fc.constantFrom('==', '!='));
  const key = orHostile(fc.constantFrom('iifname', 'oifname', 'mark'));
  const lookupKey = fc.oneof(key, fc.constant('none'));
  const natPorts = fc.record({ low: fc.nat(70_000), high: fc.nat(70_000) });
  const ipFamily = orHostile(fc.constantFrom('ip', 'ip6'));
  const match = fc.oneof(
    fc.record({ match: fc.constant('compare'), field, operator, value }),
    fc.record({ match: fc.constant('compare'), field, operator, value, mask: value }),
    fc.record({ match: fc.constant('range'), field, operator, low: value, high: value }),
    fc.record({
      match: fc.constant('lookup'),
      key: lookupKey,
      fields: fc.array(field, { maxLength: 5 }),
      set: object,
      negated: fc.boolean(),
    }),
    fc.record({ match: fc.constant('tcp-flags'), operator, mask: fc.nat(300), flags: fc.nat(300) }),
    fc.record({ match: fc.constant('tcp-option'), number: fc.nat(300), present: fc.boolean() }),
    fc.constant({ match: 'own-mark' }),
    fc.record({ match: fc.constant('interface'), key, operator, device: orHostile(fc.constant('virbr0')) }),
    fc.record({
      match: fc.constant('address-type'),
      side: orHostile(fc.constantFrom('saddr', 'daddr')),
      operator,
      type: orHostile(fc.constantFrom('local', 'broadcast', 'multicast', 'unicast')),
    }),
    fc.record({ match: fc.constant('ct-status'), status: orHostile(fc.constantFrom('dnat', 'snat')) }),
    fc.record({ match: fc.constant('before'), time: fc.oneof(fc.nat(), hostile) }),
  );
  const statement = fc.oneof(
    fc.record({ do: orHostile(fc.constantFrom('accept', 'drop', 'return', 'count', 'clear-mark')) }),
    fc.record({ do: fc.constantFrom('jump', 'goto'), chain: object }),
    fc.record({ do: fc.constant('dispatch'), key, map: object }),
    fc.record({ do: fc.constant('set-mark'), key, map: object }),
    fc.record({ do: fc.constant('reject'), with: orHostile(fc.constantFrom('tcp-reset', 'port-unreachable')) }),
    fc.record({ do: fc.constant('masquerade'), ports: natPorts }, { requiredKeys: ['do'] }),
    fc.record(
      { do: fc.constant('snat'), family: ipFamily, low: value, high: value, ports: natPorts },
      { requiredKeys: ['do', 'family', 'low', 'high'] },
    ),
    fc.record(
      { do: fc.constant('dnat'), family: ipFamily, address: value, ports: natPorts },
      { requiredKeys: ['do', 'family', 'address'] },
    ),
  );
  const rule = fc.record(
    { comment: hostile, matches: fc.array(match, { maxLength: 3 }), counter: fc.boolean(), statement },
    { requiredKeys: ['matches', 'counter', 'statement'] },
  );
  const element = fc.record(
    { port, values: fc.array(value, { maxLength: 2 }), chain: object, mark: fc.nat(70_000) },
    { requiredKeys: ['port', 'values'] },
  );
  const family = orHostile(fc.constantFrom('bridge', 'inet'));
  const definition = fc.record({
    kind: orHostile(fc.constantFrom('values', 'verdicts', 'marks', 'connections')),
    key: orHostile(fc.constantFrom('ifname', 'mark', 'none')),
    fields: fc.array(field, { maxLength: 2 }),
  });
  const content = fc.record(
    { base: fc.constantFrom(...baseChainSchema.options), rules: fc.array(rule, { maxLength: 3 }) },
    { requiredKeys: ['rules'] },
  );
  const operation = fc.oneof(
    fc.record({ op: fc.constant('add-chain'), family, chain: object, content }),
    fc.record({ op: fc.constant('replace-rules'), family, chain: object, rules: fc.array(rule, { maxLength: 2 }) }),
    fc.record({ op: fc.constant('delete-chain'), family, chain: object }),
    fc.record({ op: fc.constant('add-set'), family, set: object, definition }),
    fc.record({
      op: fc.constantFrom('add-elements', 'delete-elements'),
      family,
      set: object,
      elements: fc.array(element, { minLength: 1, maxLength: 3 }),
    }),
  );
  const plan = fc.record({
    version: fc.constant(1),
    base: fc.constant(0),
    bridgeNetfilter: fc.boolean(),
    operations: fc.array(operation, { maxLength: 6 }),
    definitions: fc.array(
      fc.record({
        kind: fc.constantFrom('filter', 'binding'),
        name: orHostile(fc.constant('a')),
        text: fc.option(hostile),
      }),
      { maxLength: 2 },
    ),
  });

  it('names nothing foreign', () => {
    let written = 0;
    fc.assert(
      fc.property(plan, (input) => {
        const text = carry(input);
        if (text !== undefined) written += 1;
        expect(foreignLines(text ?? '')).toEqual([]);
      }),
      { numRuns: 3000 },
    );
    expect(written).toBeGreaterThan(100);
  });

  it('is refused without a throw when it is anything at all', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true }), (input) => {
        expect(carry(input)).toBeUndefined();
      }),
    );
  });
});
