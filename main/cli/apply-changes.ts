import type { Change } from '../engine/change.ts';
import type { Applied, Engine } from '../engine/engine.ts';
import type { DevicePlace } from '../engine/host.ts';
import type { CliFailure } from './cli-failure.ts';
import { readConfirmOption } from './confirm-option.ts';
import { apartNote } from './print/apart-note.ts';
import { planText } from './print/plan-text.ts';
import type { Call, Report } from './verb.ts';
import { withEngine } from './with-engine.ts';

/** How a verb speaks of what it did, or could not do. */
export interface ChangeWords {
  readonly headline: string | ((failure: CliFailure) => string | undefined);
  done(applied: Applied): { readonly text: string; readonly json: object };
}

/** Carries the changes out, or, in a dry run, tells what they would do. */
export async function applyTo(
  engine: Engine,
  call: Call,
  changes: readonly Change[],
  { headline, done }: ChangeWords,
): Promise<Report> {
  const confirm = readConfirmOption(call);
  if (!confirm.ok) return confirm;
  const before = engine.workspace;
  // Filters move no device, so it can be looked for while the helper is at work.
  const [outcome, seen] = await Promise.all([
    engine.apply(changes, { dryRun: call.dryRun, confirmWithin: confirm.value }),
    !call.dryRun && changes.every(({ change }) => change === 'bind') ? readPlaces() : undefined,
  ]);
  if (!outcome.ok) {
    const words = typeof headline === 'string' ? headline : headline(outcome.failure);
    return { ok: false, headline: words, failure: outcome.failure };
  }
  const applied = outcome.value;
  const { warnings, sources, plan, nftText, helperMilliseconds } = applied;
  const { text, json } = done(applied);
  if (call.dryRun) {
    const { notes } = applied;
    const dry = { ...json, dryRun: true, plan, nft: nftText, warnings, notes };
    return { ok: true, text: planText(applied, before), json: dry, warnings, sources, notes };
  }
  const waits = applied.confirmBefore === undefined ? [] : [waitingNote(applied.confirmBefore)];
  const notes = [...applied.notes, ...(await notesOf(applied, seen)), ...waits];
  const told = { ...json, helperMilliseconds, warnings, notes };
  return { ok: true, text: call.quiet ? '' : text, json: told, warnings, sources, notes };
}

const waitingNote = (until: number): string =>
  `It is taken back at ${new Date(until).toTimeString().slice(0, 8)} unless guestward confirm comes before.`;

type Places = ReadonlyMap<string, DevicePlace>;

async function readPlaces(): Promise<Places> {
  const { devicePlaces } = await import('../engine/host.ts');
  return devicePlaces();
}

/** A NIC outside of every bridge is bound and yet open, which nobody may overlook. */
async function notesOf({ plan }: Applied, seen: Places | undefined): Promise<readonly string[]> {
  const bound = plan.definitions.flatMap(({ kind, name, text }) => (kind === 'binding' && text !== null ? [name] : []));
  if (bound.length === 0) return [];
  const places = seen ?? (await readPlaces());
  return bound.filter((device) => places.get(device) === 'apart').map(apartNote);
}

/** Opens the engine for one change, or several that are one plan. */
export function applyChanges(call: Call, changes: readonly Change[], words: ChangeWords): Promise<Report> {
  return withEngine(call, (engine) => applyTo(engine, call, changes, words));
}
