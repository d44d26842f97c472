import type { Payload } from '../../../shared/rpc/contract.ts';
import type { SeenDrops } from '../../../shared/rpc/drops.ts';

/** What has been told since one looks. */
export interface SeenSince {
  /** By guest and rule, the latest first. */
  readonly groups: readonly SeenDrops[];
  readonly lost: number;
}

export const nothingSeen: SeenSince = { groups: [], lost: 0 };

/** As many as a table can have and be read. */
const maxGroups = 100;

export const seenKey = ({ device, direction, name }: SeenDrops): string => `${device} ${direction} ${name}`;

/** Adds what was just told; of kinds that there are too many of, the oldest go, and their packets count as not listed. */
export function addSeen({ groups, lost }: SeenSince, told: Payload<'drops.seen'>): SeenSince {
  const all = new Map(groups.map((group) => [seenKey(group), group]));
  for (const group of told.groups) {
    const before = all.get(seenKey(group))?.count ?? 0;
    all.set(seenKey(group), { ...group, count: before + group.count });
  }
  const latest = [...all.values()].sort((one, other) => other.at - one.at);
  const left = latest.slice(maxGroups).reduce((sum, { count }) => sum + count, 0);
  return { groups: latest.slice(0, maxGroups), lost: lost + told.lost + left };
}

/** Whether what was typed means this. */
export function isMeant({ name, summary }: SeenDrops, guest: string, wanted: string): boolean {
  const text = wanted.trim().toLowerCase();
  return [name, summary, guest].some((each) => each.toLowerCase().includes(text));
}
