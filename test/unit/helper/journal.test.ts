import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { appendToJournal, readJournal } from '../../../main/helper/journal.ts';
import { type JournalEntry, undoneIn } from '../../../shared/plan/journal-entry.ts';

const entry = (generation: number | null, part: Partial<JournalEntry> = {}): Omit<JournalEntry, 'id'> => ({
  title: `change ${generation}`,
  through: 'window',
  kind: 'change',
  generation,
  at: 0,
  uid: 1000,
  definitions: [],
  ...part,
});

describe('the journal', () => {
  let state = '';
  beforeEach(() => {
    state = mkdtempSync(join(tmpdir(), 'guestward-journal-'));
  });
  afterEach(() => rmSync(state, { recursive: true }));
  const file = () => join(state, 'journal.log');
  const titles = (generation: number) => readJournal(state, generation).map(({ id, title }) => `${id} ${title}`);

  it('numbers its entries and gives them newest first', () => {
    expect([1, 2, 3].map((generation) => appendToJournal(state, entry(generation)))).toEqual([1, 2, 3]);
    expect(titles(3)).toEqual(['3 change 3', '2 change 2', '1 change 1']);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
  });

  it('leaves out what was written down and never came to be', () => {
    appendToJournal(state, entry(1));
    appendToJournal(state, entry(2, { title: 'failed' }));
    appendToJournal(state, entry(2, { title: 'done' }));
    appendToJournal(state, entry(3, { title: 'crashed' }));
    appendToJournal(state, entry(null, { title: 'healed', kind: 'healed', through: 'keeper' }));
    expect(titles(2)).toEqual(['5 healed', '3 done', '1 change 1']);
  });

  it('passes over a line that is damaged, and goes on behind half a line', () => {
    appendToJournal(state, entry(1));
    appendFileSync(file(), 'half a li');
    expect(appendToJournal(state, entry(2))).toBe(2);
    expect(titles(2)).toEqual(['2 change 2', '1 change 1']);
  });

  it('does not keep texts that are too long, and says so', () => {
    const long = { kind: 'filter', name: 'f', after: 'x'.repeat(262_144) } as const;
    appendToJournal(state, entry(1, { definitions: [long, long, long, long, long] }));
    expect(readJournal(state, 1)[0]).toMatchObject({
      cut: true,
      definitions: [{ kind: 'filter', name: 'f' }, {}, {}, {}, {}],
    });
    expect(readFileSync(file(), 'utf8').length).toBeLessThan(1000);
  });

  it('stays bounded: the older half goes, numbers go on', () => {
    const definitions = [{ kind: 'filter', name: 'f', after: 'x'.repeat(262_144) } as const];
    for (let generation = 1; generation <= 40; generation += 1)
      appendToJournal(state, entry(generation, { definitions }));
    expect(statSync(file()).size).toBeLessThan(5 * 1024 * 1024);
    expect(readJournal(state, 40)[0]).toMatchObject({ id: 40, generation: 40 });
  });
});

it.each([
  ['nothing', [{ id: 1 }], []],
  ['what was undone', [{ id: 2, undoes: 1 }, { id: 1 }], [1]],
  [
    'an undoing that was undone, and not what it had undone',
    [{ id: 3, undoes: 2 }, { id: 2, undoes: 1 }, { id: 1 }],
    [2],
  ],
])('the undone ones of a journal are %s', (_name, entries, expected) => {
  expect(undoneIn(entries)).toEqual(expected);
});
