import type { Chain, Table } from '../../../shared/plan/ruleset.ts';
import { writeRule } from '../../../shared/plan/write-statement.ts';
import type { NetworkRule } from '../../../shared/rpc/network.ts';
import { isLoggedEnd, loggedName } from '../../engine/drops/logged-chains.ts';
import type { RuleCounter } from '../../engine/engine.ts';

type Count = Pick<RuleCounter, 'packets' | 'bytes'>;

const counts = ({ rules }: Chain): boolean => rules.some(({ counter }) => counter);

/**
 * The rules of one network that are in force, with what they have counted. `own` are its rules as if there were no other network, so that a chain
 * that all networks share is shown with the rules of this one. Rules are told apart by chain and comment, those of one comment by their order. What
 * drops and is told of is counted for all rules of one name together; that is shown with the first of them.
 */
export function kernelRules(own: Table, inForce: Table, counters: readonly RuleCounter[]): readonly NetworkRule[] {
  const waiting = new Map<string, Count[]>();
  for (const { family, chain, comment, packets, bytes } of counters) {
    if (family !== 'inet') continue;
    const key = isLoggedEnd(chain) ? comment : `${chain} ${comment}`;
    waiting.set(key, [...(waiting.get(key) ?? []), { packets, bytes }]);
  }
  const take = (key: string): Count | undefined => waiting.get(key)?.shift();
  return Object.entries(own.chains).flatMap(([chain, content]) => {
    const standing = [chain, loggedName(chain)].find((name) => inForce.chains[name] !== undefined);
    if (standing === undefined || !counts(content)) return [];
    return content.rules.map((rule) => {
      const comment = rule.comment ?? '';
      const count = rule.counter ? (take(`${standing} ${comment}`) ?? take(comment)) : undefined;
      return { chain, text: writeRule({ ...rule, counter: false, comment: undefined }), ...count };
    });
  });
}
