import { elementKey } from './element-key.ts';
import type { Operation } from './plan.ts';
import type { Chain, Element, NftSet, Ruleset, Table } from './ruleset.ts';

/** A table while operations are carried out on it. Maps, because a record would find "constructor" in every object. */
interface OpenTable {
  readonly chains: Map<string, Chain>;
  readonly sets: Map<string, OpenSet>;
}

interface OpenSet {
  readonly definition: NftSet['definition'];
  /** The elements by key; opened when the first operation touches them, so that untouched sets cost nothing. */
  elements: readonly Element[] | Map<string, Element>;
}

/** The ruleset that stands after the operations, if the kernel takes them. What they name wrongly is left to the check of the plan. */
export function foldPlan(ruleset: Ruleset, operations: readonly Operation[]): Ruleset {
  return foldPlans(ruleset, [operations]);
}

/** The ruleset after several plans, one after the other. */
export function foldPlans(ruleset: Ruleset, plans: readonly (readonly Operation[])[]): Ruleset {
  const open = { bridge: openTable(ruleset.bridge), inet: openTable(ruleset.inet) };
  for (const operations of plans) for (const operation of operations) carryOut(open[operation.family], operation);
  return { bridge: closeTable(open.bridge), inet: closeTable(open.inet) };
}

function openTable(table: Table): OpenTable {
  return {
    chains: new Map(Object.entries(table.chains)),
    sets: new Map(
      Object.entries(table.sets).map(([name, { definition, elements }]) => [name, { definition, elements }]),
    ),
  };
}

function closeTable({ chains, sets }: OpenTable): Table {
  return {
    chains: Object.fromEntries(chains),
    sets: Object.fromEntries(
      Array.from(sets, ([name, { definition, elements }]) => [name, { definition, elements: [...elements.values()] }]),
    ),
  };
}

function carryOut(table: OpenTable, operation: Operation): void {
  switch (operation.op) {
    case 'add-chain':
      table.chains.set(operation.chain, operation.content);
      return;
    case 'replace-rules':
      table.chains.set(operation.chain, { ...table.chains.get(operation.chain), rules: operation.rules });
      return;
    case 'delete-chain':
      table.chains.delete(operation.chain);
      return;
    case 'add-set':
      table.sets.set(operation.set, { definition: operation.definition, elements: [] });
      return;
    case 'delete-set':
      table.sets.delete(operation.set);
      return;
    case 'add-elements': {
      const elements = openElements(table, operation.set);
      for (const element of operation.elements) elements.set(elementKey(element), element);
      return;
    }
    case 'delete-elements': {
      const elements = openElements(table, operation.set);
      for (const element of operation.elements) elements.delete(elementKey(element));
      return;
    }
  }
}

function openElements(table: OpenTable, name: string): Map<string, Element> {
  const set = table.sets.get(name);
  if (set === undefined) throw new Error(`no set ${name} to change the elements of`);
  if (!(set.elements instanceof Map)) {
    set.elements = new Map(set.elements.map((element) => [elementKey(element), element]));
  }
  return set.elements;
}
