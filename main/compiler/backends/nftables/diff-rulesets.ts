import type { Operation } from '../../../../shared/plan/plan.ts';
import type { Chain, Element, Ruleset } from '../../../../shared/plan/ruleset.ts';
import { type TableFamily, tableFamilies } from '../../../../shared/plan/table-families.ts';

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** The chains that a chain's rules go to. */
function targets({ rules }: Chain): readonly string[] {
  return rules.flatMap(({ statement }) => {
    if (statement.do === 'jump' || statement.do === 'goto') return [statement.chain];
    return statement.do === 'dispatch-type' ? statement.chains.map(({ chain }) => chain) : [];
  });
}

/** Chains with those that they go to before them. */
function inOrder(names: readonly string[], chains: Readonly<Record<string, Chain>>): readonly string[] {
  const ordered = new Set<string>();
  const visit = (name: string): void => {
    if (ordered.has(name) || !names.includes(name)) return;
    for (const target of targets(chains[name] as Chain)) visit(target);
    ordered.add(name);
  };
  for (const name of names) visit(name);
  return [...ordered];
}

const elementKey = ({ port, values }: Element): string => `${port} ${values.join(' ')}`;

function diffElements(
  from: readonly Element[],
  to: readonly Element[],
): { readonly gone: readonly Element[]; readonly come: readonly Element[] } {
  const before = new Map(from.map((element) => [elementKey(element), element]));
  const after = new Map(to.map((element) => [elementKey(element), element]));
  const changed = (one: Element, other: Element | undefined): boolean =>
    other === undefined || one.chain !== other.chain || one.mark !== other.mark;
  return {
    gone: from.filter((element) => changed(element, after.get(elementKey(element)))),
    come: to.filter((element) => changed(element, before.get(elementKey(element)))),
  };
}

interface Phases {
  readonly create: Operation[];
  readonly remove: Operation[];
  readonly fill: Operation[];
  readonly hook: Operation[];
  readonly clean: Operation[];
}

function diffTable(family: TableFamily, from: Ruleset, to: Ruleset, phases: Phases): void {
  const [before, after] = [from[family], to[family]];
  const setNames = Object.keys(after.sets);
  for (const set of setNames) {
    const { definition, elements } = after.sets[set] as NonNullable<(typeof after.sets)[string]>;
    const old = before.sets[set];
    if (old === undefined) phases.create.push({ op: 'add-set', family, set, definition });
    const { gone, come } = diffElements(old?.elements ?? [], elements);
    if (gone.length > 0) phases.remove.push({ op: 'delete-elements', family, set, elements: [...gone] });
    if (come.length > 0) phases.fill.push({ op: 'add-elements', family, set, elements: [...come] });
  }
  const changed = Object.keys(after.chains).filter((name) => !same(before.chains[name], after.chains[name]));
  const unwanted = Object.keys(before.chains).filter((name) => !same(before.chains[name], after.chains[name]));
  for (const chain of inOrder(changed, after.chains)) {
    const content = after.chains[chain] as Chain;
    // Base chains come last, when everything that they dispatch to is there.
    const phase = content.base === undefined ? phases.create : phases.hook;
    phase.push({ op: 'add-chain', family, chain, content });
  }
  const leaving = inOrder(unwanted, before.chains).toReversed();
  const isBase = (chain: string): boolean => before.chains[chain]?.base !== undefined;
  for (const chain of leaving.filter(isBase)) phases.remove.push({ op: 'delete-chain', family, chain });
  for (const set of Object.keys(before.sets).filter((name) => after.sets[name] === undefined)) {
    const elements = before.sets[set]?.elements ?? [];
    if (elements.length > 0) phases.remove.push({ op: 'delete-elements', family, set, elements });
    phases.clean.push({ op: 'delete-set', family, set });
  }
  phases.clean.unshift(
    ...leaving.filter((chain) => !isBase(chain)).map((chain): Operation => ({ op: 'delete-chain', family, chain })),
  );
}

/**
 * What leads from one ruleset to another, in an order that nft takes in one transaction: new sets and chains, then the elements that send ports from
 * the old chains to the new, then the hooks, and at last the removal of what nothing refers to any more.
 */
export function diffRulesets(from: Ruleset, to: Ruleset): readonly Operation[] {
  const phases: Phases = { create: [], remove: [], fill: [], hook: [], clean: [] };
  for (const family of tableFamilies) diffTable(family, from, to, phases);
  return [...phases.create, ...phases.remove, ...phases.fill, ...phases.hook, ...phases.clean];
}
