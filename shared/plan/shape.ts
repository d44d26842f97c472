import type { BaseChain, Ruleset, SetDefinition, Table } from './ruleset.ts';
import type { TableFamily } from './table-families.ts';

/** A ruleset's chains and sets without rules and elements: what the check of a plan needs to know of what is in force. */
export type Shape = Readonly<Record<TableFamily, TableShape>>;

export interface TableShape {
  /** By name; null for a chain without a hook. */
  readonly chains: ReadonlyMap<string, BaseChain | null>;
  readonly sets: ReadonlyMap<string, SetDefinition>;
}

export function shapeOf(ruleset: Ruleset): Shape {
  return { bridge: shapeOfTable(ruleset.bridge), inet: shapeOfTable(ruleset.inet) };
}

/** Whether there is nothing at all. */
export function isEmptyShape({ bridge, inet }: Shape): boolean {
  return [bridge, inet].every(({ chains, sets }) => chains.size === 0 && sets.size === 0);
}

function shapeOfTable({ chains, sets }: Table): TableShape {
  return {
    chains: new Map(Object.entries(chains).map(([name, { base }]) => [name, base ?? null])),
    sets: new Map(Object.entries(sets).map(([name, { definition }]) => [name, definition])),
  };
}
