import type { RuleCounter } from '../engine.ts';
import type { Drop } from './drop.ts';

/** Packets that a rule has dropped and the kernel did not tell of one by one. */
export interface Untold {
  /** The rule's comment. */
  readonly name: string;
  readonly packets: number;
}

/** Holds what was told against what was counted: of a flood, the kernel tells of some packets alone. */
export interface DropTally {
  saw(drops: readonly Pick<Drop, 'name'>[]): void;
  /** What was dropped beyond what was told, since this was last asked. `counters` are older than the last drops that were told. */
  untold(counters: readonly RuleCounter[]): readonly Untold[];
}

/** What each rule has counted: it can stand in several chains. */
function sums(counters: readonly RuleCounter[]): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const { comment, verdict, packets } of counters) {
    if (/^(?:drop|reject)/.test(verdict)) found.set(comment, (found.get(comment) ?? 0) + packets);
  }
  return found;
}

/** @param first as it was counted when drops began to be told */
export function createDropTally(first: readonly RuleCounter[]): DropTally {
  let before = sums(first);
  const dropped = new Map<string, number>();
  const told = new Map<string, number>();
  return {
    saw(drops) {
      for (const { name } of drops) told.set(name, (told.get(name) ?? 0) + 1);
    },
    untold(counters) {
      const now = sums(counters);
      const found: Untold[] = [];
      for (const [name, packets] of now) {
        const then = before.get(name) ?? 0;
        // A counter that is behind itself began anew.
        const all = (dropped.get(name) ?? 0) + (packets >= then ? packets - then : packets);
        const known = told.get(name) ?? 0;
        const beyond = all - known;
        // What is told here counts as told from now on.
        dropped.set(name, all);
        if (beyond <= 0) continue;
        told.set(name, all);
        found.push({ name, packets: beyond });
      }
      before = now;
      return found;
    },
  };
}
