import type { RuleCounter } from '../../engine/engine.ts';

/** A place in a filter, as the comment of a rule in the kernel names it, and what it dropped. */
export interface DroppingRule {
  readonly filter: string;
  readonly line: number;
  readonly packets: number;
}

/** The rules that dropped or rejected anything between two readings of the counters, the busiest first. */
export function droppingRules(before: readonly RuleCounter[], after: readonly RuleCounter[]): readonly DroppingRule[] {
  const earlier = packetsByComment(before);
  return [...packetsByComment(after)]
    .map(([comment, packets]) => ({ ...placeOf(comment), packets: packets - (earlier.get(comment) ?? 0) }))
    .filter(({ packets }) => packets > 0)
    .sort((one, other) => other.packets - one.packets);
}

/** One filter rule may stand in several kernel rules, and several chains. */
function packetsByComment(counters: readonly RuleCounter[]): ReadonlyMap<string, number> {
  const packets = new Map<string, number>();
  for (const { comment, verdict, packets: count } of counters) {
    if (/^(drop|reject)/.test(verdict)) packets.set(comment, (packets.get(comment) ?? 0) + count);
  }
  return packets;
}

function placeOf(comment: string): { readonly filter: string; readonly line: number } {
  const colon = comment.lastIndexOf(':');
  return { filter: comment.slice(0, colon), line: Number(comment.slice(colon + 1)) };
}
