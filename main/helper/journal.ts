import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import type { JournalEntry } from '../../shared/plan/journal-entry.ts';
import { readLine, writeLine } from './log-entry.ts';
import { appendToRootFile, readRootFile, replaceRootFile } from './root-file.ts';

/** When the file is larger, its older half goes. */
const maxBytes = 4 * 1024 * 1024;
/** Of the texts of one entry, in UTF-16 units. */
const maxTextLength = 1024 * 1024;

/** `journal.log`: who changed what and when, with the definitions' texts, for undoing. The lock must be held. */
function journalPath(state: string): string {
  return join(state, 'journal.log');
}

/** All lines, oldest first. It is no authority on what is in force, so a damaged line is passed over. */
function readLines(state: string): readonly JournalEntry[] {
  const text = readRootFile(journalPath(state)) ?? '';
  return text.split('\n').flatMap((line) => (line === '' ? [] : (readLine<JournalEntry>(line) ?? [])));
}

/**
 * The entries of what came to be, newest first. A change is written down before it is carried out, so that a crash leaves no change without an entry;
 * one whose generation is not in force, or was made by a later entry, came to nothing.
 */
export function readJournal(state: string, generation: number): readonly JournalEntry[] {
  const seen = new Set<number>();
  return readLines(state)
    .toReversed()
    .filter((entry) => {
      if (entry.generation === null) return true;
      if (entry.generation > generation || seen.has(entry.generation)) return false;
      seen.add(entry.generation);
      return true;
    });
}

/** The last one that was written, whatever came of it. */
export function newestEntry(state: string): JournalEntry | undefined {
  return readLines(state).at(-1);
}

/** Adds an entry and returns its number. */
export function appendToJournal(state: string, entry: Omit<JournalEntry, 'id'>): number {
  const path = journalPath(state);
  const lines = readLines(state);
  const id = (lines.at(-1)?.id ?? 0) + 1;
  const line = writeLine({ ...bounded(entry), id });
  if ((lstatSync(path, { throwIfNoEntry: false })?.size ?? 0) > maxBytes) {
    const kept = lines.slice(Math.ceil(lines.length / 2)).map(writeLine);
    replaceRootFile(path, kept.join(''), { durable: true });
  }
  appendToRootFile(path, endsWhole(path) ? line : `\n${line}`, { durable: false });
  return id;
}

/** Whether a crash of the machine has left half a line at the end. */
function endsWhole(path: string): boolean {
  const text = readRootFile(path) ?? '';
  return text === '' || text.endsWith('\n');
}

function bounded(entry: Omit<JournalEntry, 'id'>): Omit<JournalEntry, 'id'> {
  const length = entry.definitions.reduce((sum, { before = '', after = '' }) => sum + before.length + after.length, 0);
  if (length <= maxTextLength) return entry;
  return { ...entry, definitions: entry.definitions.map(({ kind, name }) => ({ kind, name })), cut: true };
}
