import type { Happening, Play } from '../plays/play.ts';

/** A rule of a filter, where it is written and as it is written. */
export interface StoppingRule {
  readonly filter: string;
  readonly file: string;
  readonly line: number;
  readonly text: string;
  readonly packets: number;
}

/** One run of a play with a filter on g1's card. */
export interface Trial {
  readonly filter: string;
  readonly happening: Happening;
  /** The rules that dropped something meanwhile, the busiest first. */
  readonly stoppedBy: readonly StoppingRule[];
}

export interface PlayResult {
  readonly play: Play;
  readonly without: Happening;
  /** One per filter that was tried; the last is the one that ought to hold. */
  readonly trials: readonly Trial[];
}

/** What did not happen as a sound Guestward makes it happen, one sentence each; empty if all went well. */
export function surprises({ play, without, trials }: PlayResult): readonly string[] {
  const told: string[] = [];
  if (!without.worked) told.push(`${play.name}: did not even work without a filter (${without.seen}).`);
  for (const [index, { filter, happening, stoppedBy }] of trials.entries()) {
    const mayWork = play.kind === 'talk' || index < trials.length - 1;
    if (mayWork && !happening.worked) told.push(`${play.name}: did not work with ${filter} (${happening.seen}).`);
    if (!mayWork && happening.worked) told.push(`${play.name}: worked in spite of ${filter} (${happening.seen}).`);
    if (!mayWork && !happening.worked && stoppedBy.length === 0)
      told.push(`${play.name}: failed with ${filter}, but no rule of it counted a drop.`);
  }
  return told;
}
