import type { JournalEntry } from '../../../shared/plan/journal-entry.ts';
import type { ActivityEntry } from '../../../shared/rpc/changes.ts';
import type { Engine } from '../../engine/engine.ts';
import { userName } from '../../engine/host.ts';
import { whyNot } from '../../engine/journal/undo-changes.ts';
import type { AppSession } from '../session.ts';

/** An entry of the journal as it is shown. */
export function activityOf(entry: JournalEntry, undone: readonly number[]): ActivityEntry {
  const { id, at, title, uid, through, kind, definitions } = entry;
  const because = whyNot(entry);
  const undo = undone.includes(id) ? 'undone' : because === undefined ? 'possible' : 'impossible';
  return {
    id,
    at,
    title,
    by: userName(uid),
    through,
    kind,
    undo,
    ...(undo === 'impossible' && because !== undefined && { because }),
    definitions: definitions.map((each) => ({ ...each })),
  };
}

/** Tells everybody who listens of what has just come into the journal. */
export async function tellActivity(session: AppSession, engine: Engine, id: number | undefined): Promise<void> {
  if (id === undefined) return;
  const journal = await engine.journal(id + 1, 1);
  const entry = journal.ok ? journal.value.entries.find((each) => each.id === id) : undefined;
  if (journal.ok && entry !== undefined) session.emit('activity.added', activityOf(entry, journal.value.undone));
}
