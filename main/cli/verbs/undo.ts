import type { JournalEntry } from '../../../shared/plan/journal-entry.ts';
import type { Engine, Journal } from '../../engine/engine.ts';
import { type Result, refused, usage } from '../cli-failure.ts';
import { readConfirmOption } from '../confirm-option.ts';
import { planText } from '../print/plan-text.ts';
import { printable } from '../print/printable.ts';
import { formatTable } from '../print/table.ts';
import type { Call, Report, Verb } from '../verb.ts';
import { withEngine } from '../with-engine.ts';

const mostShown = 50;

async function list(engine: Engine, call: Call): Promise<Report> {
  const journal = await engine.journal(undefined, mostShown);
  if (!journal.ok) return { ...journal, headline: 'Failed to read the journal' };
  const { entries, undone } = journal.value;
  const [{ userName }, { whyNot }] = await Promise.all([
    import('../../engine/host.ts'),
    import('../../engine/journal/undo-changes.ts'),
  ]);
  const shown = entries.map((entry) => ({
    ...entry,
    by: userName(entry.uid),
    undo: undone.includes(entry.id) ? 'undone' : whyNot(entry) === undefined ? 'possible' : 'impossible',
    because: whyNot(entry),
  }));
  const rows = shown.map(({ id, at, by, through, undo, title }) => [
    String(id),
    new Date(at).toISOString().slice(0, 16).replace('T', ' '),
    printable(by),
    through,
    undo,
    printable(title),
  ]);
  const table = formatTable(['ID', 'When (UTC)', 'By', 'Through', 'Undo', 'Change'], rows, !call.quiet);
  const none = call.quiet ? '' : 'Nothing has been changed yet\n';
  return { ok: true, text: rows.length === 0 ? none : table, json: shown };
}

/** The newest change that still stands; undoings are passed by, so that one undo after the other goes further back. */
async function lastChange({ entries, undone }: Journal): Promise<JournalEntry | undefined> {
  const { whyNot } = await import('../../engine/journal/undo-changes.ts');
  return entries.find((entry) => entry.kind === 'change' && !undone.includes(entry.id) && whyNot(entry) === undefined);
}

async function wantedId(engine: Engine, word: string | undefined): Promise<Result<number>> {
  if (word !== undefined) {
    return /^[1-9][0-9]{0,8}$/.test(word)
      ? { ok: true, value: Number(word) }
      : usage(`'${word}' is not the number of a change`, 'guestward undo --list shows them');
  }
  const journal = await engine.journal(undefined, 200);
  if (!journal.ok) return journal;
  const last = await lastChange(journal.value);
  return last === undefined
    ? refused('there is no change that could be undone', 'guestward undo --list shows what has been done')
    : { ok: true, value: last.id };
}

export const undo: Verb = {
  name: 'undo',
  summary: 'undo a change, or list what has been changed',
  description:
    'Undo the change ID, or else the last one that still stands, whichever front door it came through: definitions, networks, ports and bindings become what they were before it. It is refused where they have been changed again since; an undoing can be undone too.',
  argument: { name: 'id', optional: true, description: 'number of the change' },
  options: [{ name: 'list', description: 'list the changes, newest first' }],
  changes: true,
  run: (call) =>
    withEngine(call, async (engine) => {
      if (call.has('list')) return list(engine, call);
      const id = await wantedId(engine, call.values[0]);
      if (!id.ok) return id;
      const confirm = readConfirmOption(call);
      if (!confirm.ok) return confirm;
      const before = engine.workspace;
      const undone = await engine.undo(id.value, { dryRun: call.dryRun, confirmWithin: confirm.value });
      if (!undone.ok) return { ...undone, headline: `Failed to undo change ${id.value}` };
      const { title, plan, nftText, notes, warnings, sources, activity } = undone.value;
      const json = { undone: id.value, title, activity, warnings, notes };
      if (call.dryRun) {
        const text = planText(undone.value, before);
        return { ok: true, text, json: { ...json, dryRun: true, plan, nft: nftText }, warnings, sources, notes };
      }
      const text = call.quiet ? '' : `${printable(title)}: done\n`;
      return { ok: true, text, json, warnings, sources, notes };
    }),
};
