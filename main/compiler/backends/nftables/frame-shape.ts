import { etherTypeNames } from '../../../../shared/nwfilter/protocols.ts';
import type { Chain, Rule } from '../../../../shared/plan/ruleset.ts';
import {
  type ChainJump,
  type Direction,
  type FrameRules,
  isJump,
  type PolicyRule,
  type Test,
} from '../../policy/policy.ts';
import { arpFirst } from './arp-first.ts';
import { contentName } from './content-name.ts';
import { etherTypeOf } from './ether-type-of.ts';
import type { FieldContext } from './header-fields.ts';
import { renderTest } from './render-test.ts';
import { gather, noShape, type Shape } from './shape.ts';
import { type ShareContext, shareRule } from './share-rule.ts';

function contextOf(rule: PolicyRule): FieldContext {
  const etherType = rule.tests.map(etherTypeOf).find((type) => type !== undefined);
  switch (etherType) {
    case etherTypeNames.arp:
      return 'arp';
    case etherTypeNames.rarp:
      return 'rarp';
    case etherTypeNames.ipv4:
      return 'ipv4';
    case etherTypeNames.ipv6:
      return 'ipv6';
    default:
      return 'other';
  }
}

function constantMatches(test: Test): Rule['matches'] {
  const [matches] = renderTest(test, 'other', (operand) => {
    if (operand.kind === 'value') return operand.value;
    throw new Error('A jump knows no variables.');
  });
  return [...(matches ?? [])];
}

/** A look into a map costs as much as two comparisons. */
const fewestInMap = 3;

/** Jumps that stand together and go by different EtherTypes are one look into a verdict map, or comparisons where they are few. */
function jumpRules(jumps: readonly ChainJump[], nameOf: (chain: string) => string): readonly Rule[] {
  const rules: Rule[] = [];
  let pending: { etherType: number; chain: string }[] = [];
  const flush = (): void => {
    if (pending.length >= fewestInMap) {
      rules.push({ matches: [], counter: false, statement: { do: 'dispatch-type', chains: pending } });
    } else {
      for (const { etherType, chain } of pending) {
        const match = { match: 'compare', field: 'ether type', operator: '==', value: `${etherType}` } as const;
        rules.push({ matches: [match], counter: false, statement: { do: 'jump', chain } });
      }
    }
    pending = [];
  };
  for (const jump of jumps) {
    const chain = nameOf(jump.chain);
    const etherType = etherTypeOf(jump.test);
    if (etherType !== undefined) {
      if (pending.some((entry) => entry.etherType === etherType)) flush();
      pending.push({ etherType, chain });
      continue;
    }
    flush();
    const matches = jump.test === undefined ? [] : constantMatches(jump.test);
    rules.push({ matches, counter: false, statement: { do: 'jump', chain } });
  }
  flush();
  return rules;
}

/** What comes to the end of a chain passes, as in ebtables, whose own chains have the policy ACCEPT. */
const chainEnd: Rule = { matches: [], counter: false, statement: { do: 'accept' } };

/** The chains for frames of one direction: root's chain, and one for each chain that it jumps to. */
export function frameShape({ root, chains }: FrameRules, direction: Direction): Shape {
  if (root.length === 0) return noShape;
  const share = (rule: PolicyRule) => {
    const context: ShareContext = {
      key: direction === 'out' ? 'iifname' : 'oifname',
      context: contextOf(rule),
      answersRejects: false,
    };
    return shareRule(rule, context);
  };
  const made = new Map<string, Chain>();
  const parts: Pick<Shape, 'values' | 'counters'>[] = [];
  const names = new Map<string, string>();
  for (const [chain, rules] of Object.entries(chains)) {
    const gathered = gather(rules.map(share));
    parts.push(gathered);
    const chainRules = [...gathered.rules, chainEnd];
    const name = contentName('f', [direction, chain, chainRules]);
    names.set(chain, name);
    made.set(name, { rules: chainRules });
  }
  const nameOf = (chain: string): string => names.get(chain) as string;
  const rules: Rule[] = [];
  let jumps: ChainJump[] = [];
  for (const entry of direction === 'in' ? arpFirst(root) : root) {
    if (isJump(entry)) {
      jumps.push(entry);
      continue;
    }
    rules.push(...jumpRules(jumps, nameOf));
    jumps = [];
    const shared = share(entry);
    parts.push(shared);
    rules.push(...shared.rules);
  }
  rules.push(...jumpRules(jumps, nameOf));
  const entry = contentName('f', [direction, 'root', rules]);
  made.set(entry, { rules });
  return {
    entry,
    chains: made,
    values: parts.flatMap(({ values }) => values),
    counters: parts.flatMap(({ counters }) => counters),
  };
}
