import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nftablesBackend } from '../../../../../main/compiler/backends/nftables/nftables-backend.ts';
import type { Policy } from '../../../../../main/compiler/policy/policy.ts';
import { resolvePolicy } from '../../../../../main/compiler/resolve/resolve-policy.ts';
import type { FilterDocument } from '../../../../../shared/nwfilter/filter-document.ts';
import { checkPlan } from '../../../../../shared/plan/check-plan.ts';
import { foldPlan } from '../../../../../shared/plan/fold-plan.ts';
import { type Operation, planSchema } from '../../../../../shared/plan/plan.ts';
import { emptyRuleset, type Ruleset, type Statement } from '../../../../../shared/plan/ruleset.ts';
import { shapeOf } from '../../../../../shared/plan/shape.ts';
import { tableFamilies } from '../../../../../shared/plan/table-families.ts';
import { arbitraryFilters } from '../../../../kernel/properties/arbitrary-filters.ts';
import { absent, guest, type Nic, peer } from '../../../../kernel/properties/bench-world.ts';
import { expectPolicy } from '../../resolve/resolve.ts';

const byMark = { bridgeConntrack: false, bridgeNetfilter: true, bridgeReject: false };
const inBridge = { bridgeConntrack: true, bridgeNetfilter: false, bridgeReject: true };

const { compile, diff, logDrops = (rules) => rules } = nftablesBackend;

/** The ruleset with everything in an order of its own. */
function sorted(ruleset: Ruleset) {
  const byName = <T>(record: Readonly<Record<string, T>>) =>
    Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return tableFamilies.map((family) => ({
    chains: byName(ruleset[family].chains),
    sets: byName(ruleset[family].sets).map(([name, { definition, elements }]) => [
      name,
      definition,
      elements.map((element) => JSON.stringify(element)).toSorted(),
    ]),
  }));
}

const targetsOf = (statement: Statement): readonly string[] => {
  if (statement.do === 'jump' || statement.do === 'goto') return [statement.chain];
  return statement.do === 'dispatch-type' ? statement.chains.map(({ chain }) => chain) : [];
};

/** What a table's rules and elements speak of, chains and sets apart. */
function references(ruleset: Ruleset, family: (typeof tableFamilies)[number]) {
  const rules = Object.values(ruleset[family].chains).flatMap((chain) => chain.rules);
  const elements = Object.values(ruleset[family].sets).flatMap((set) => set.elements);
  return {
    chains: [
      ...rules.flatMap(({ statement }) => targetsOf(statement)),
      ...elements.flatMap(({ chain }) => chain ?? []),
    ],
    sets: rules.flatMap(({ matches, statement }) => [
      ...matches.flatMap((match) => ('set' in match ? [match.set] : [])),
      ...('map' in statement ? [statement.map] : []),
    ]),
  };
}

/** What nft would refuse: operations that take away what something still speaks of. */
function danglers(from: Ruleset, operations: readonly Operation[]): readonly string[] {
  let ruleset = from;
  return operations.flatMap((operation) => {
    const { family } = operation;
    if (operation.op === 'delete-set' || operation.op === 'delete-chain') {
      // A chain's own rules go with it.
      const others = operation.op === 'delete-chain' ? foldPlan(ruleset, [operation]) : ruleset;
      const spoken = references(others, family);
      ruleset = foldPlan(ruleset, [operation]);
      if (operation.op === 'delete-set' && spoken.sets.includes(operation.set)) return [`set ${operation.set}`];
      if (operation.op === 'delete-chain' && spoken.chains.includes(operation.chain))
        return [`chain ${operation.chain}`];
      return [];
    }
    ruleset = foldPlan(ruleset, [operation]);
    return [];
  });
}

function expectLeads(from: Ruleset, to: Ruleset): void {
  const operations = diff(from, to);
  const plan = planSchema.parse({ version: 1, base: 0, operations, bridgeNetfilter: true, definitions: [] });
  expect(checkPlan(plan, shapeOf(from))).toMatchObject({ ok: true });
  expect(danglers(from, operations)).toEqual([]);
  expect(sorted(foldPlan(from, [...operations]))).toEqual(sorted(to));
}

const nics: readonly Nic[] = [guest, peer, absent];

/** Some NICs, each on one of the filters. */
const arbitraryPolicies: fc.Arbitrary<readonly Policy[]> = fc
  .array(fc.tuple(fc.subarray([...nics], { minLength: 1 }), arbitraryFilters), { maxLength: 2 })
  .map((groups) => {
    const policies = new Map<string, Policy>();
    for (const [members, tree] of groups) {
      for (const { device, mac, parameters } of members) {
        const resolved = resolvePolicy(tree.get('top') as FilterDocument, { device, mac, parameters }, (name) =>
          tree.get(name),
        );
        if (resolved.ok) policies.set(device, resolved.value);
      }
    }
    return [...policies.values()];
  });

describe('a difference', () => {
  test.each([
    ['by mark', byMark],
    ['in the bridge', inBridge],
  ])('leads from any ruleset to any other, by steps that can be taken (%s)', (_, abilities) => {
    fc.assert(
      fc.property(fc.array(arbitraryPolicies, { minLength: 1, maxLength: 3 }), (steps) => {
        let inForce = emptyRuleset;
        for (const policies of [...steps, []]) {
          const wanted = compile(policies, abilities, inForce);
          expectLeads(inForce, wanted);
          expect(diff(wanted, compile(policies, abilities, wanted))).toEqual([]);
          inForce = wanted;
        }
        expect(inForce).toEqual(emptyRuleset);
      }),
      { numRuns: 150 },
    );
  });

  test('leads to rules that log what they drop, and back', () => {
    fc.assert(
      fc.property(arbitraryPolicies, arbitraryPolicies, (some, others) => {
        const silent = compile(some, byMark, emptyRuleset);
        const logging = logDrops(compile(others, byMark, silent));
        expectLeads(silent, logging);
        expectLeads(logging, silent);
        expectLeads(silent, logDrops(silent));
        expect(logDrops(logging)).toEqual(logging);
      }),
      { numRuns: 100 },
    );
  });

  test('leads from one way of judging packets to the other', () => {
    fc.assert(
      fc.property(arbitraryPolicies, (policies) => {
        const before = compile(policies, byMark, emptyRuleset);
        expectLeads(before, compile(policies, inBridge, before));
      }),
      { numRuns: 50 },
    );
  });
});

describe('the smallest difference', () => {
  const web =
    "<rule action='drop' direction='in'><tcp dstportstart='80' srcipaddr='$IP'/></rule><rule action='drop' direction='in'><arp arpsrcipaddr='$IP'/></rule>";
  const nic = (device: string, ip: string, text = web): Policy => ({
    ...expectPolicy({ top: text }, { parameters: { IP: [ip] } }),
    device,
  });
  const first = compile([nic('a', '10.0.0.1')], byMark, emptyRuleset);
  const kinds = (operations: readonly Operation[]) => [...new Set(operations.map(({ op }) => op))].toSorted();

  test('of another NIC on the same filter are elements', () => {
    const second = compile([nic('a', '10.0.0.1'), nic('b', '10.0.0.2')], byMark, first);
    expect(kinds(diff(first, second))).toEqual(['add-elements']);
    expect(kinds(diff(second, first))).toEqual(['delete-elements']);
  });

  test('of a new address is that address', () => {
    const operations = diff(first, compile([nic('a', '10.0.0.9')], byMark, first));
    expect(kinds(operations)).toEqual(['add-elements', 'delete-elements']);
    const values = operations.flatMap((operation) =>
      'elements' in operation ? operation.elements.map((each) => each.values) : [],
    );
    expect(new Set(values.flat())).toEqual(new Set(['10.0.0.1', '10.0.0.9']));
  });

  test('of a filter whose rules on frames change leaves those on packets, and their counters', () => {
    const operations = diff(
      first,
      compile([nic('a', '10.0.0.1', web.replace('<arp ', "<arp opcode='1' "))], byMark, first),
    );
    expect(operations.filter(({ family }) => family === 'inet')).toEqual([]);
  });
});
