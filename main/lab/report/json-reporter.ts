import type { PlayResult } from '../trial/trial.ts';
import type { Reporter } from './reporter.ts';

/** Prints one JSON document at the end, and nothing before. */
export function createJsonReporter(print: (text: string) => void): Reporter {
  const nothing = () => {};
  return {
    buildingRoom: nothing,
    roomStands: nothing,
    playBegins: nothing,
    begins: nothing,
    without: nothing,
    tried: nothing,
    needsMore: nothing,
    ended(results, surprises) {
      const document = { ok: surprises.length === 0, surprises, plays: results.map(playDocument) };
      print(`${JSON.stringify(document, null, 2)}\n`);
    },
  };
}

function playDocument({ play, without, trials }: PlayResult) {
  return {
    name: play.name,
    kind: play.kind,
    story: play.story,
    without,
    trials: trials.map(({ filter, happening, stoppedBy }) => ({ filter, ...happening, stoppedBy })),
  };
}
