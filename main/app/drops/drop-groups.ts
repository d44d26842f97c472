import type { DropGroup } from '../../../shared/rpc/drops.ts';
import { ownerOf } from '../../engine/drops/owner-of.ts';
import type { RuleCounter } from '../../engine/engine.ts';
import type { Workspace } from '../../engine/workspace.ts';

/** What rules have dropped, a group a rule of the XML: it can stand in several chains. */
export function dropGroups(
  counters: readonly RuleCounter[],
  workspace: Pick<Workspace, 'filters' | 'setups'>,
): readonly DropGroup[] {
  const groups = new Map<string, DropGroup>();
  for (const { comment, verdict: words, packets, bytes } of counters) {
    const verdict = words.startsWith('reject') ? 'reject' : words === 'drop' ? 'drop' : undefined;
    const owner = ownerOf(comment, workspace);
    if (verdict === undefined || owner === undefined || packets === 0) continue;
    const key = `${verdict} ${'network' in owner ? owner.network : comment}`;
    const before = groups.get(key);
    const sum = { packets: packets + (before?.packets ?? 0), bytes: bytes + (before?.bytes ?? 0) };
    groups.set(key, { ...owner, verdict, ...sum });
  }
  return [...groups.values()].sort((a, b) => b.packets - a.packets);
}
