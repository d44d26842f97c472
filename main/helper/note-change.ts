import { isDeepStrictEqual } from 'node:util';
import type { Setups } from '../../shared/plan/fold-networks.ts';
import type { JournalCures, JournalDefinition, Note } from '../../shared/plan/journal-entry.ts';
import type { NetworkChange } from '../../shared/plan/network-setup.ts';
import type { DefinitionChange, Plan } from '../../shared/plan/plan.ts';
import { readDefinition } from './definition-files.ts';
import { appendToJournal } from './journal.ts';
import type { Workspace } from './workspace.ts';

/** What a change is to be called, and who wants it. */
export interface Noted {
  readonly note: Note;
  readonly uid: number;
  /** Where it is not told by the note. */
  readonly kind?: 'reverted';
}

/** Writes a change that is about to be carried out into the journal; returns the entry's number. */
export function noteChange(
  { places, store }: Pick<Workspace, 'places' | 'store'>,
  { definitions, plugs, networks = [] }: Plan,
  { note, uid, kind }: Noted,
): number {
  const cures = networks.flatMap((change) => curesBeforeAndAfter(store.setups, change));
  return appendToJournal(places.state, {
    ...note,
    kind: kind ?? (note.undoes === undefined ? 'change' : 'undo'),
    generation: store.inForce.generation + 1,
    at: Date.now(),
    uid,
    definitions: definitions.map((change) => beforeAndAfter(places.state, store.changes, change)),
    ...(plugs !== undefined && { plugs }),
    ...(cures.length > 0 && { cures }),
  });
}

function curesBeforeAndAfter(setups: Setups, { network, setup }: NetworkChange): JournalCures[] {
  const before = setups.get(network)?.cures;
  if (before === undefined || setup === null || isDeepStrictEqual(before, setup.cures)) return [];
  return [{ network, before, after: setup.cures }];
}

function beforeAndAfter(
  state: string,
  changes: readonly DefinitionChange[],
  { kind, name, text }: DefinitionChange,
): JournalDefinition {
  const before = readDefinition(state, changes, { kind, name });
  return {
    kind,
    name,
    ...(before === undefined ? {} : { before }),
    ...(text === null ? {} : { after: text }),
  };
}
