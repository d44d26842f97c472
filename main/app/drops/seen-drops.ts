import type { Payload } from '../../../shared/rpc/contract.ts';
import type { SeenDrops } from '../../../shared/rpc/drops.ts';
import type { Drop } from '../../engine/drops/drop.ts';

/** Kinds of drops that are told at once. */
const maxGroups = 100;

/** Gathers drops until they are told. */
export interface SeenDropsBatch {
  add(drops: readonly Drop[]): void;
  /** Packets that nobody can tell of one by one. */
  lose(packets: number): void;
  /** What there is to tell; undefined where there is nothing. Begins anew. */
  take(): Payload<'drops.seen'> | undefined;
}

const keyOf = ({ name, device, direction }: Drop): string => `${device} ${direction} ${name}`;

export function createSeenDropsBatch(): SeenDropsBatch {
  let groups = new Map<string, SeenDrops>();
  let lost = 0;
  return {
    add(drops) {
      for (const drop of drops) {
        const key = keyOf(drop);
        const before = groups.get(key);
        if (before === undefined && groups.size >= maxGroups) {
          lost += 1;
          continue;
        }
        const { name, device, direction, summary, at, owner, frame } = drop;
        groups.set(key, {
          ...owner,
          ...{ name, device, direction, summary, at },
          ...(frame !== undefined && { frame: Buffer.from(frame).toString('hex') }),
          count: (before?.count ?? 0) + 1,
        });
      }
    },
    lose(packets) {
      lost += packets;
    },
    take() {
      if (groups.size === 0 && lost === 0) return undefined;
      const told = { groups: [...groups.values()], lost };
      groups = new Map();
      lost = 0;
      return told;
    },
  };
}
