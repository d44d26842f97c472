import type { Chain, Table } from '../../../shared/plan/ruleset.ts';
import { writeRule } from '../../../shared/plan/write-statement.ts';
import type { NetworkRule } from '../../../shared/rpc/network.ts';
import type { RuleCounter } from '../../engine/engine.ts';

type Count = Pick<RuleCounter, 'packets' | 'bytes'>;

const counts = ({ rules }: Chain): boolean => rules.some(({ counter }) => counter);

/**
 * The rules of one network that are in force, with what they have counted. `own` are its rules as if there were no other network, so that a chain
 * that all networks share is shown with the rules of this one. Rules are told apart by chain and comment, those of one comment by their order.
 */
export function kernelRules(own: Table, inForce: Table, counters: readonly RuleCounter[]): readonly NetworkRule[] {
  const waiting = new Map<string, Count[]>();
  for (const { family, chain, comment, packets, bytes } of counters) {
    if (family !== 'inet') continue;
    const key = `${chain} ${comment}`;
    waiting.set(key, [...(waiting.get(key) ?? []), { packets, bytes }]);
  }
  return Object.entries(own.chains).flatMap(([chain, content]) =>
    inForce.chains[chain] === undefined || !counts(content)
      ? []
      : content.rules.map((rule) => {
          const count = rule.counter ? waiting.get(`${chain} ${rule.comment ?? ''}`)?.shift() : undefined;
          return { chain, text: writeRule({ ...rule, counter: false, comment: undefined }), ...count };
        }),
  );
}
