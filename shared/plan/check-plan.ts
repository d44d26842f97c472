import { hooks } from './base-chains.ts';
import { checkNetworkChanges } from './check-network-changes.ts';
import { checkPlugs } from './check-plugs.ts';
import { checkDefinition, checkElement, checkElementKey } from './check-set.ts';
import { checkRule } from './check-statement.ts';
import { definitionFileName } from './definition-file-name.ts';
import type { Setups } from './fold-networks.ts';
import { carryOutOnShape, openShape } from './fold-shape.ts';
import { maxPlanWeight } from './limits.ts';
import type { Operation, Plan } from './plan.ts';
import type { Chain, Rule } from './ruleset.ts';
import type { Shape, TableShape } from './shape.ts';
import type { TableFamily } from './table-families.ts';

/** What is wrong with a plan: the operation by index, in a chain the rule by index with its comment, and a sentence. */
export interface PlanProblem {
  readonly operation?: number;
  readonly rule?: number;
  readonly comment?: string;
  readonly message: string;
}

export type PlanCheck =
  | { readonly ok: true; readonly shape: Shape }
  | { readonly ok: false; readonly problems: readonly PlanProblem[] };

/** A plan can be wrong in every element; a person reads the first few. */
const maxProblems = 20;

/**
 * Carries a plan out on the shape of what is in force: every name must exist when it is used, every value be one of its field, every statement
 * be legal where it stands. `standing`: the started networks. Returns the shape that follows.
 */
export function checkPlan(plan: Plan, inForce: Shape, standing: Setups = new Map()): PlanCheck {
  const problems: PlanProblem[] = [
    ...checkWeight(plan),
    ...checkDefinitions(plan),
    ...checkNetworkChanges(plan.networks, standing),
    ...checkPlugs(plan, standing),
  ];
  const shape = openShape(inForce);
  for (const [index, operation] of plan.operations.entries()) {
    if (problems.length >= maxProblems) break;
    for (const problem of checkOperation(operation, shape)) problems.push({ operation: index, ...problem });
    carryOutOnShape(shape, operation);
  }
  return problems.length === 0 ? { ok: true, shape } : { ok: false, problems: problems.slice(0, maxProblems) };
}

function checkOperation(operation: Operation, shape: Shape): readonly PlanProblem[] {
  const table = shape[operation.family];
  switch (operation.op) {
    case 'add-chain':
      return [
        ...(table.chains.has(operation.chain) ? [{ message: `there is a chain ${operation.chain} already` }] : []),
        ...checkBase(operation.family, operation.content, table),
        ...checkRules(operation.content.rules, operation.family, table),
      ];
    case 'replace-rules':
      return [...checkChain(operation.chain, table), ...checkRules(operation.rules, operation.family, table)];
    case 'delete-chain':
      return checkChain(operation.chain, table);
    case 'add-set': {
      const problems = checkDefinition(operation.definition, operation.family).map((message) => ({ message }));
      return table.sets.has(operation.set)
        ? [...problems, { message: `there is a set ${operation.set} already` }]
        : problems;
    }
    case 'delete-set':
      return table.sets.has(operation.set) ? [] : [{ message: `there is no set ${operation.set}` }];
    case 'add-elements':
    case 'delete-elements':
      return checkElements(operation, table);
  }
}

function checkChain(chain: string, table: TableShape): readonly PlanProblem[] {
  return table.chains.has(chain) ? [] : [{ message: `there is no chain ${chain}` }];
}

function checkElements(
  { op, set, elements }: Extract<Operation, { readonly op: 'add-elements' | 'delete-elements' }>,
  table: TableShape,
): readonly PlanProblem[] {
  const definition = table.sets.get(set);
  if (definition === undefined) return [{ message: `there is no set ${set}` }];
  return elements.flatMap((element) => {
    const found =
      op === 'add-elements' ? checkElement(element, definition, table) : checkElementKey(element, definition);
    return found.map((message) => ({ message: `element of ${element.port} in ${set}: ${message}` }));
  });
}

function checkBase(family: TableFamily, { base }: Chain, table: TableShape): readonly { readonly message: string }[] {
  if (base === undefined) return [];
  if (hooks[family][base] === undefined) return [{ message: `the ${family} table has no place for ${base}` }];
  // Two chains of equal priority run in the order in which they were made, which no plan states.
  const taken = Array.from(table.chains.values()).includes(base);
  return taken ? [{ message: `another chain hooks in at ${base} already` }] : [];
}

function checkRules(rules: readonly Rule[], family: TableFamily, table: TableShape): readonly PlanProblem[] {
  return rules.flatMap((rule, index) =>
    checkRule(rule, family, table).map((message) => ({
      rule: index,
      ...(rule.comment === undefined ? {} : { comment: rule.comment }),
      message,
    })),
  );
}

function checkWeight({ operations, definitions }: Plan): readonly PlanProblem[] {
  const weight = operations.reduce((sum, operation) => sum + weigh(operation), definitions.length);
  return weight <= maxPlanWeight ? [] : [{ message: `the plan has more than ${maxPlanWeight} parts` }];
}

function weigh(operation: Operation): number {
  switch (operation.op) {
    case 'add-chain':
      return 1 + operation.content.rules.length;
    case 'replace-rules':
      return 1 + operation.rules.length;
    case 'add-elements':
    case 'delete-elements':
      return 1 + operation.elements.length;
    default:
      return 1;
  }
}

function checkDefinitions({ definitions }: Plan): readonly PlanProblem[] {
  const seen = new Set<string>();
  return definitions.flatMap(({ kind, name, text }) => {
    const file = definitionFileName(name);
    if (file === undefined)
      return [{ message: `a ${kind} of this name cannot be kept in a file: ${JSON.stringify(name)}` }];
    const place = `${kind} ${file}`;
    const problems = seen.has(place) ? [{ message: `the ${kind} ${JSON.stringify(name)} stands twice` }] : [];
    seen.add(place);
    if (text !== null && !text.isWellFormed()) problems.push({ message: `the text of ${kind} ${name} is not Unicode` });
    return problems;
  });
}
