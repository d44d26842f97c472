import type { Operation } from './plan.ts';
import type { Ruleset, Table } from './ruleset.ts';
import { type TableFamily, tableFamilies } from './table-families.ts';

/**
 * The operations that build a whole ruleset from nothing. Chains come empty first and get their rules when every chain and set is there, so
 * the order in which they refer to each other does not matter.
 */
export function wholePlan(ruleset: Ruleset): readonly Operation[] {
  return tableFamilies.flatMap((family) => wholeTable(family, ruleset[family]));
}

function wholeTable(family: TableFamily, table: Table): readonly Operation[] {
  const sets = Object.entries(table.sets);
  const chains = Object.entries(table.chains);
  const filled = sets.filter(([, { elements }]) => elements.length > 0);
  return [
    ...sets.map(([set, { definition }]): Operation => ({ op: 'add-set', family, set, definition })),
    ...chains.map(
      ([chain, content]): Operation => ({ op: 'add-chain', family, chain, content: { ...content, rules: [] } }),
    ),
    ...chains.map(([chain, { rules }]): Operation => ({ op: 'replace-rules', family, chain, rules })),
    ...filled.map(([set, { elements }]): Operation => ({ op: 'add-elements', family, set, elements })),
  ];
}
