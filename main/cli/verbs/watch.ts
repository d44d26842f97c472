import type { Engine } from '../../engine/engine.ts';
import { happeningJson, happeningText } from '../print/happening-text.ts';
import { untilInterrupted } from '../until-interrupted.ts';
import type { Call, Report, Verb } from '../verb.ts';
import { happeningsBetween } from '../watch/happenings-between.ts';
import type { Look } from '../watch/look.ts';
import { takeLook } from '../watch/take-look.ts';
import { withEngine } from '../with-engine.ts';

/** Leases and counters tell nobody of themselves. */
const lookMilliseconds = 3000;
/** Links can change often: others want the helper's lock too. */
const leastMilliseconds = 1000;

async function follow(call: Call, engine: Engine): Promise<Report | number> {
  const headline = 'Failed to look at the machine';
  const { write, writeError, interactive } = call.terminal;
  const first = await takeLook(engine);
  if (!first.ok) return { ...first, headline };
  const json = call.has('json');
  if (!json && !call.quiet && interactive) writeError('What changes is shown as it happens; Ctrl-C ends it.\n');

  const { watchLinks } = await import('../../engine/host.ts');
  let hasChanged: () => void = () => undefined;
  const stopLinks = watchLinks(() => hasChanged());
  const interrupted = untilInterrupted();
  let isOver = false;
  void interrupted.then(() => {
    isOver = true;
    hasChanged();
  });
  const pause = (milliseconds: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      hasChanged = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  let before: Look = first.value;
  let failure: Report | undefined;
  while (!isOver && failure === undefined) {
    const looked = performance.now();
    await pause(lookMilliseconds);
    while (!isOver && performance.now() - looked < leastMilliseconds) await pause(leastMilliseconds);
    if (isOver) break;
    const look = await takeLook(engine);
    if (!look.ok) {
      // Somebody changes something just now; what it was is told at the next look.
      if (look.failure.kind !== 'helper' || look.failure.code !== 'busy') failure = { ...look, headline };
      continue;
    }
    for (const happening of happeningsBetween(before, look.value)) {
      write(json ? happeningJson(look.value.at, happening) : happeningText(look.value.at, happening));
    }
    before = look.value;
  }
  stopLinks();
  return failure ?? 0;
}

export const watch: Verb = {
  name: 'watch',
  summary: 'what changes on this machine, as it happens',
  description:
    'Print what changes around guests, as it happens: their devices, networks that start and stop, leases, changes and who made them, what was put back after somebody had taken it away, and how many packets rules have dropped. It ends with Ctrl-C. The packets one by one are shown by guestward log.',
  run: (call) => withEngine(call, (engine) => follow(call, engine)),
};
