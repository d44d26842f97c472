import type { Healing } from '../../shared/plan/healing.ts';
import { recordHealing } from './healings.ts';
import { appendToJournal, newestEntry } from './journal.ts';
import type { Places } from './places.ts';

/** What happens again and again must not push everything else out of the journal; `healings.json` counts it. */
const sameForMilliseconds = 3_600_000;
const shownNames = 3;

/** The entry's title, without characters that do something on a terminal. */
export function titleOfHealing({ what, names, by }: Healing): string {
  const more = names.length > shownNames ? ` and ${names.length - shownNames} more` : '';
  const list = `${names.slice(0, shownNames).join(', ')}${more}`;
  const subject = {
    rules: 'the rules',
    devices: `the device${names.length === 1 ? '' : 's'} ${list}`,
    dnsmasq: `dnsmasq of ${list}`,
  }[what];
  const culprit = by === undefined ? '' : `, which ${by.program} had taken away`;
  return `Put back ${subject}${culprit}`.replaceAll(/\p{C}/gu, '?').slice(0, 200);
}

/** Writes down what was put back, also in the journal. The lock must be held. */
export function noteHealing(places: Places, healing: Extract<Healing, { readonly outcome: 'healed' }>): void {
  const { state } = places;
  recordHealing(places, healing);
  const title = titleOfHealing(healing);
  const at = Date.parse(healing.at);
  const newest = newestEntry(state);
  if (newest?.kind === 'healed' && newest.title === title && at - newest.at < sameForMilliseconds) return;
  const entry = { title, through: 'keeper', kind: 'healed', generation: null, at, uid: 0, definitions: [] } as const;
  appendToJournal(state, entry);
}
