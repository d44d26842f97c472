import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldPlan, foldPlans } from '../../../../shared/plan/fold-plan.ts';
import type { Operation } from '../../../../shared/plan/plan.ts';
import { emptyRuleset, type Ruleset } from '../../../../shared/plan/ruleset.ts';
import { wholePlan } from '../../../../shared/plan/whole-plan.ts';
import { wholeSample } from './samples.ts';

const family = 'bridge';
const definition = { kind: 'values', key: 'ifname', fields: ['ip saddr'] } as const;
const start: Ruleset = foldPlan(emptyRuleset, [
  { op: 'add-set', family, set: 'kept', definition: { ...definition, fields: ['ip saddr'] } },
  { op: 'add-elements', family, set: 'kept', elements: [element('a', '10.0.0.1'), element('b', '10.0.0.2')] },
  { op: 'add-chain', family, chain: 'constructor', content: { base: 'frames-in', rules: [] } },
]);

function element(port: string, value: string) {
  return { port, values: [value] };
}

function elementsAfter(...operations: readonly Operation[]) {
  return foldPlan(start, operations).bridge.sets['kept']?.elements;
}

describe('a ruleset after a plan', () => {
  it('has the elements that were added, each once', () => {
    expect(
      elementsAfter({
        op: 'add-elements',
        family,
        set: 'kept',
        elements: [element('c', '10.0.0.3'), element('a', '10.0.0.1')],
      }),
    ).toEqual([element('a', '10.0.0.1'), element('b', '10.0.0.2'), element('c', '10.0.0.3')]);
  });

  it('has not the elements that were deleted', () => {
    expect(elementsAfter({ op: 'delete-elements', family, set: 'kept', elements: [element('a', '10.0.0.1')] })).toEqual(
      [element('b', '10.0.0.2')],
    );
  });

  it('keeps the hook of a chain whose rules are replaced', () => {
    const rules = [{ matches: [], counter: false, statement: { do: 'drop' } as const }];
    const after = foldPlan(start, [{ op: 'replace-rules', family, chain: 'constructor', rules }]);
    expect(after.bridge.chains).toEqual({ constructor: { base: 'frames-in', rules } });
  });

  it('has not what was deleted', () => {
    const after = foldPlan(start, [
      { op: 'delete-chain', family, chain: 'constructor' },
      { op: 'delete-set', family, set: 'kept' },
    ]);
    expect(after).toEqual(emptyRuleset);
  });

  it('leaves the ruleset before as it was', () => {
    const before = structuredClone(start);
    foldPlan(start, wholeSample().operations);
    foldPlan(start, [{ op: 'delete-elements', family, set: 'kept', elements: [element('a', '10.0.0.1')] }]);
    expect(start).toEqual(before);
  });

  it('is the same whether plans are folded one by one or together', () => {
    const operations = wholeSample().operations;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: operations.length }), (cut) => {
        const [first, second] = [operations.slice(0, cut), operations.slice(cut)];
        expect(foldPlan(foldPlan(emptyRuleset, first), second)).toEqual(foldPlans(emptyRuleset, [first, second]));
      }),
    );
  });

  it('comes again from the plan that builds it whole', () => {
    const ruleset = foldPlan(start, wholeSample().operations);
    expect(foldPlan(emptyRuleset, wholePlan(ruleset))).toEqual(ruleset);
  });
});
