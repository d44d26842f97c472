import type { Table } from '../../shared/plan/ruleset.ts';

/** What the rules of networks begin their names with; no name of the filters' does. */
const prefix = 'net_';

function pick<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => name.startsWith(prefix)));
}

/** The chains and sets of a table that are there for networks. */
export function networkObjects({ chains, sets }: Table): Table {
  return { chains: pick(chains), sets: pick(sets) };
}

export function mergeTables(one: Table, other: Table): Table {
  return { chains: { ...one.chains, ...other.chains }, sets: { ...one.sets, ...other.sets } };
}
