import { describeHelperFailure } from '../../../shared/plan/helper-failure.ts';
import type { Start } from '../caller.ts';
import { recordHealing } from '../healings.ts';
import type { Places } from '../places.ts';
import { createHealPace } from './heal-pace.ts';
import { areSilent, setSilent, type Wanted } from './keeper-files.ts';
import { mend } from './mend.ts';
import { missingDevices, namesOf } from './missing-devices.ts';
import { silenceNetworks } from './silence-networks.ts';
import type { OwnRulesWatch, RulesLoss } from './watch-own-rules.ts';

/** Has rules, bridges and TAPs put back that somebody has taken away: at once, or after a while where it happens again and again. */
export interface Healer {
  /** Told at every look. */
  look(wanted: Wanted): Promise<void>;
}

export function createHealer(places: Places, start: Start, rules: OwnRulesWatch): Healer {
  const pace = createHealPace();
  /** When what is missing is to be put back; undefined where nothing is. */
  let due: number | undefined;

  /** Guests who would be without rules until then are kept silent. */
  async function wait(
    milliseconds: number,
    loss: RulesLoss | undefined,
    wanted: Wanted,
    failure?: string,
  ): Promise<void> {
    due = performance.now() + milliseconds;
    if (loss !== undefined && !areSilent(places)) {
      const silenced = await silenceNetworks(places, start, wanted);
      if (silenced.ok) setSilent(places, true);
    }
    recordHealing(places, {
      ...(loss === undefined
        ? { what: 'devices', names: namesOf(missingDevices(wanted)) }
        : { what: 'rules', names: [], ...(loss.by === undefined ? {} : { by: loss.by }) }),
      at: new Date().toISOString(),
      until: new Date(Date.now() + milliseconds).toISOString(),
      ...(failure === undefined
        ? { outcome: 'waiting', losses: pace.losses }
        : { outcome: 'failed', message: failure.slice(0, 4096) }),
    });
  }

  return {
    async look(wanted) {
      const now = performance.now();
      const { loss } = rules;
      if (loss === undefined && missingDevices(wanted).length === 0 && !areSilent(places)) {
        due = undefined;
        return;
      }
      if (due === undefined) {
        // Where nobody has listened, nothing need have happened.
        const pause = loss?.what === 'unseen' ? 0 : pace.lost(now);
        if (pause > 0) return wait(pause, loss, wanted);
        due = now;
      }
      if (now < due) return;
      const mended = await mend({ places, start, rules }, wanted, loss?.since ?? now);
      if (mended.ok) {
        due = undefined;
        pace.healed(performance.now());
      } else if (mended.failure.kind !== 'busy') {
        await wait(pace.failed(), loss, wanted, describeHelperFailure(mended.failure));
      }
    },
  };
}
