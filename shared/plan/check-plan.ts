import { hooks } from './base-chains.ts';
import { checkDefinition, checkElement, checkElementKey } from './check-set.ts';
import { checkRule } from './check-statement.ts';
import { definitionFileName } from './definition-file-name.ts';
import { maxPlanWeight } from './limits.ts';
import type { Operation, Plan } from './plan.ts';
import type { BaseChain, Chain, Rule, SetDefinition, TableFamily } from './ruleset.ts';
import type { Shape, TableShape } from './shape.ts';

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
 * be legal where it stands. Returns the shape that follows.
 */
export function checkPlan(plan: Plan, inForce: Shape): PlanCheck {
  const problems: PlanProblem[] = [...checkWeight(plan), ...checkDefinitions(plan)];
  const shape = { bridge: openTable(inForce.bridge), inet: openTable(inForce.inet) };
  for (const [index, operation] of plan.operations.entries()) {
    if (problems.length >= maxProblems) break;
    for (const problem of checkOperation(operation, shape[operation.family])) {
      problems.push({ operation: index, ...problem });
    }
  }
  return problems.length === 0 ? { ok: true, shape } : { ok: false, problems: problems.slice(0, maxProblems) };
}

interface OpenTable extends TableShape {
  readonly chains: Map<string, BaseChain | null>;
  readonly sets: Map<string, SetDefinition>;
}

function openTable({ chains, sets }: TableShape): OpenTable {
  return { chains: new Map(chains), sets: new Map(sets) };
}

/** Checks one operation on the table and carries it out there. */
function checkOperation(operation: Operation, table: OpenTable): readonly PlanProblem[] {
  switch (operation.op) {
    case 'add-chain': {
      const { chain, content } = operation;
      const problems = table.chains.has(chain) ? [{ message: `there is a chain ${chain} already` }] : [];
      problems.push(...checkBase(operation.family, content, table));
      table.chains.set(chain, content.base ?? null);
      return [...problems, ...checkRules(content.rules, operation.family, table)];
    }
    case 'replace-rules':
      if (!table.chains.has(operation.chain)) return [{ message: `there is no chain ${operation.chain}` }];
      return checkRules(operation.rules, operation.family, table);
    case 'delete-chain':
      return table.chains.delete(operation.chain) ? [] : [{ message: `there is no chain ${operation.chain}` }];
    case 'add-set': {
      const problems = table.sets.has(operation.set) ? [`there is a set ${operation.set} already`] : [];
      problems.push(...checkDefinition(operation.definition, operation.family));
      table.sets.set(operation.set, operation.definition);
      return problems.map((message) => ({ message }));
    }
    case 'delete-set':
      return table.sets.delete(operation.set) ? [] : [{ message: `there is no set ${operation.set}` }];
    case 'add-elements':
    case 'delete-elements': {
      const definition = table.sets.get(operation.set);
      if (definition === undefined) return [{ message: `there is no set ${operation.set}` }];
      const adding = operation.op === 'add-elements';
      return operation.elements.flatMap((element) => {
        const found = adding ? checkElement(element, definition, table) : checkElementKey(element, definition);
        return found.map((message) => ({ message: `element of ${element.port} in ${operation.set}: ${message}` }));
      });
    }
  }
}

function checkBase(family: TableFamily, { base }: Chain, table: OpenTable): readonly { readonly message: string }[] {
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
