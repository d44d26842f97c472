import type { Operation } from './plan.ts';
import type { BaseChain, SetDefinition } from './ruleset.ts';
import type { Shape, TableShape } from './shape.ts';
import type { TableFamily } from './table-families.ts';

export interface OpenTableShape extends TableShape {
  readonly chains: Map<string, BaseChain | null>;
  readonly sets: Map<string, SetDefinition>;
}

export type OpenShape = Readonly<Record<TableFamily, OpenTableShape>>;

/** A copy that operations can be carried out on. */
export function openShape({ bridge, inet }: Shape): OpenShape {
  return { bridge: openTable(bridge), inet: openTable(inet) };
}

function openTable({ chains, sets }: TableShape): OpenTableShape {
  return { chains: new Map(chains), sets: new Map(sets) };
}

/** Carries out on the shape what an operation does to chains and sets. */
export function carryOutOnShape(shape: OpenShape, operation: Operation): void {
  const { chains, sets } = shape[operation.family];
  switch (operation.op) {
    case 'add-chain':
      chains.set(operation.chain, operation.content.base ?? null);
      return;
    case 'delete-chain':
      chains.delete(operation.chain);
      return;
    case 'add-set':
      sets.set(operation.set, operation.definition);
      return;
    case 'delete-set':
      sets.delete(operation.set);
      return;
    case 'replace-rules':
    case 'add-elements':
    case 'delete-elements':
      return;
  }
}
