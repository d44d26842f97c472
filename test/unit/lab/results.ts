import type { Happening, Play } from '../../../main/lab/plays/play.ts';
import type { PlayResult, StoppingRule, Trial } from '../../../main/lab/trial/trial.ts';

export const worked: Happening = { worked: true, seen: 'it arrived' };
export const failed: Happening = { worked: false, seen: 'nothing arrived' };

/** A play that is never acted. */
export function play(name: string, kind: Play['kind'], more: Partial<Play> = {}): Play {
  return { name, kind, story: `g1 ${name}.`, act: () => Promise.reject(new Error('not to be acted')), ...more };
}

export function stopper(filter: string, line: number): StoppingRule {
  return { filter, line, file: `filters/${filter}.xml`, text: "<rule action='drop' direction='out'/>", packets: 1 };
}

export function trial(filter: string, happening: Happening, ...stoppedBy: readonly StoppingRule[]): Trial {
  return { filter, happening, stoppedBy };
}

export function result(of: Play, without: Happening, ...trials: readonly Trial[]): PlayResult {
  return { play: of, without, trials };
}
