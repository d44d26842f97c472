import type { Culprit } from '../../../shared/plan/healing.ts';
import type { RulesetChange } from './read-ruleset-changes.ts';

/** What went away, or may have, and has not come back yet. */
export interface RulesLoss {
  /** unseen: nobody has listened for a while. */
  readonly what: 'tables' | 'parts' | 'unseen';
  readonly by: Culprit | undefined;
  /** On the clock of `performance.now()`. */
  readonly since: number;
}

/** Notices that somebody else takes rules of ours away. */
export interface OwnRulesWatch {
  heard(change: RulesetChange): void;
  missed(): void;
  readonly loss: RulesLoss | undefined;
  /** It has been seen to. */
  settle(loss: RulesLoss): void;
}

/** @param ring called when rules have gone */
export function watchOwnRules(ring: () => void): OwnRulesWatch {
  let loss: RulesLoss | undefined;
  return {
    heard({ isOwn, makesTable, takes, by }) {
      // Another helper has brought all of them back.
      if (isOwn && makesTable) loss = undefined;
      if (isOwn || takes === undefined) return;
      loss = { what: takes, by, since: performance.now() };
      ring();
    },
    missed() {
      loss ??= { what: 'unseen', by: undefined, since: performance.now() };
    },
    get loss() {
      return loss;
    },
    settle(seenTo) {
      if (loss === seenTo) loss = undefined;
    },
  };
}
