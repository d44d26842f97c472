import type { Chain, Rule, SetDefinition } from '../../../../shared/plan/ruleset.ts';
import type { SharedRule, SharedValues } from './share-rule.ts';

/** The chains that one direction of a policy becomes, named by their content, and the NIC's own values that they look up. */
export interface Shape {
  /** Where the port's frames are sent; undefined where there are no rules. */
  readonly entry: string | undefined;
  readonly chains: ReadonlyMap<string, Chain>;
  readonly values: readonly SharedValues[];
  readonly counters: readonly { readonly set: string; readonly definition: SetDefinition }[];
}

export const noShape: Shape = { entry: undefined, chains: new Map(), values: [], counters: [] };

/** Gathers what a list of shared rules needs beside the rules themselves. */
export function gather(parts: readonly SharedRule[]): { readonly rules: Rule[] } & Pick<Shape, 'values' | 'counters'> {
  return {
    rules: parts.flatMap(({ rules }) => rules),
    values: parts.flatMap(({ values }) => values),
    counters: parts.flatMap(({ counters }) => counters),
  };
}
