import type { LiteralValue } from '../../../shared/nwfilter/values.ts';
import type { Operand, RuleOrigin, ValueGroup } from '../policy/policy.ts';
import type { ScopedRule } from './flatten-references.ts';

/** An attribute whose value, or place among the rule's value groups, is known. */
export type BoundAttribute =
  | { readonly kind: 'operand'; readonly negated: boolean; readonly operand: Operand }
  | { readonly kind: 'literal'; readonly negated: boolean; readonly literal: LiteralValue };

/** A rule of a filter with all its variables replaced, before it is turned towards a direction. */
export interface BoundRule {
  readonly scoped: ScopedRule;
  readonly origin: RuleOrigin;
  readonly attributes: ReadonlyMap<string, BoundAttribute>;
  readonly groups: readonly ValueGroup[];
}
