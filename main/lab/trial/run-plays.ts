import type { Happening, Play } from '../plays/play.ts';
import type { Room } from '../room/room.ts';
import type { Guard } from './guard.ts';
import type { PlayResult, Trial } from './trial.ts';

/** Is told what happens as it happens. */
export interface Audience {
  begins(number: number, play: Play): void;
  without(happening: Happening): void;
  tried(trial: Trial): void;
  /** Before a filter of the lab's own is tried. */
  needsMore(play: Play): void;
}

export interface Programme {
  readonly plays: readonly Play[];
  readonly filter: string;
  /** Whether the lab's own filters are tried too, where `filter` alone is known to be not enough. */
  readonly withPracticeFilters: boolean;
}

/** Runs every play without and with the filter on g1's card. */
export async function runPlays(
  { plays, filter, withPracticeFilters }: Programme,
  { room, guard, audience }: { readonly room: Room; readonly guard: Guard; readonly audience: Audience },
): Promise<readonly PlayResult[]> {
  const results: PlayResult[] = [];
  for (const [index, play] of plays.entries()) {
    audience.begins(index + 1, play);
    const without = await play.act(room, `${play.name} without`);
    audience.without(without);

    const trials: Trial[] = [];
    const tryFilter = async (name: string) => {
      const { value, stoppedBy } = await guard.during(name, () => play.act(room, `${play.name} with ${name}`));
      const trial = { filter: name, happening: value, stoppedBy };
      audience.tried(trial);
      trials.push(trial);
    };
    await tryFilter(filter);
    if (play.needs && withPracticeFilters) {
      audience.needsMore(play);
      const { name, xml } = play.needs.filter;
      await guard.define(xml, `${name}.xml`);
      await tryFilter(name);
    }
    results.push({ play, without, trials });
  }
  return results;
}
