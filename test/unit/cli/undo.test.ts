import { describe, expect, it } from 'vitest';
import type { Engine } from '../../../main/engine/engine.ts';
import type { JournalEntry } from '../../../shared/plan/journal-entry.ts';
import { engineDouble } from './engine-double.ts';
import { cliDouble } from './run-cli.ts';

const entry: JournalEntry = {
  id: 3,
  generation: 3,
  at: Date.UTC(2026, 10, 27, 9, 30),
  uid: 0,
  title: 'Start network lab',
  through: 'window',
  kind: 'change',
  definitions: [{ kind: 'live-network', name: 'lab', after: '<network/>' }],
};
const entries: readonly JournalEntry[] = [
  { ...entry, id: 4, kind: 'undo', undoes: 3, title: 'Undo: Start network lab', through: 'command line' },
  entry,
  { ...entry, id: 2, title: 'Cure network lab', definitions: [] },
  { ...entry, id: 1, title: 'Define network lab\u009b31m' },
];

/** An engine with that journal, and the numbers that it was asked to undo. */
function withJournal(): { readonly engine: Engine; readonly asked: number[] } {
  const asked: number[] = [];
  const engine: Engine = {
    ...engineDouble(),
    journal: async () => ({ ok: true, value: { entries, more: false, undone: [3] } }),
    async undo(id) {
      asked.push(id);
      return { ok: false, failure: { kind: 'undo-conflict', id, definitions: ['network lab'] } };
    },
  };
  return { engine, asked };
}

describe('undo', () => {
  it('lists who changed what, when, and what can be undone', async () => {
    const { out } = await cliDouble(withJournal().engine)(['undo', '--list']);
    expect(out.split('\n').map((line) => line.trim())).toEqual([
      expect.stringMatching(/^ID +When \(UTC\) +By +Through +Undo +Change$/),
      expect.stringMatching(/^-+$/),
      expect.stringMatching(/^4 +2026-11-27 09:30 +root +command line +possible +Undo: Start network lab$/),
      expect.stringMatching(/^3 +.* window +undone +Start network lab$/),
      expect.stringMatching(/^2 +.* impossible +Cure network lab$/),
      expect.stringMatching(/^1 +.* possible +Define network lab\?31m$/),
      '',
    ]);
  });

  it('without a number takes the last change that still stands', async () => {
    const { engine, asked } = withJournal();
    const { status, err } = await cliDouble(engine)(['undo']);
    expect([status, asked]).toEqual([1, [1]]);
    expect(err).toContain('since then network lab changed');
  });

  it('takes the number that it is given', async () => {
    const { engine, asked } = withJournal();
    await cliDouble(engine)(['undo', '4']);
    expect(asked).toEqual([4]);
  });

  it.each([
    ['what is no number', ['undo', 'x'], "'x' is not the number of a change"],
    ['a journal without a change', ['undo'], 'there is no change that could be undone'],
  ])('says what is wrong with %s', async (_name, argv, words) => {
    const { status, err } = await cliDouble()(argv);
    expect([status, err.includes(words)]).toEqual([1, true]);
  });

  it('is friendly where nothing has been changed yet', async () => {
    expect((await cliDouble()(['undo', '--list'])).out).toBe('Nothing has been changed yet\n');
  });
});
