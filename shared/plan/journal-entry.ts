import * as z from 'zod';
import type { Cure } from './network-setup.ts';
import type { DefinitionChange } from './plan.ts';
import type { Plug } from './plug.ts';

/** By which front door a change came. It is what the client says of itself; who it was the kernel says. */
export const doors = ['command line', 'window', 'browser'] as const;

/** What a change is called in the journal. */
export const noteSchema = z.strictObject({
  // No control characters: it is shown on terminals.
  title: z.string().regex(/^[^\p{C}]{1,200}$/u),
  through: z.enum(doors),
  /** The entry that it undoes. */
  undoes: z.int().min(1).optional(),
});
export type Note = z.infer<typeof noteSchema>;

/** A definition before and after a change; absent: there was, or is, none. */
export interface JournalDefinition {
  readonly kind: DefinitionChange['kind'];
  readonly name: string;
  readonly before?: string;
  readonly after?: string;
}

/** The cures of a network that stood before a change and stands after it. */
export interface JournalCures {
  readonly network: string;
  readonly before: readonly Cure[];
  readonly after: readonly Cure[];
}

/** A line of the journal. */
export interface JournalEntry extends Omit<Note, 'through'> {
  readonly id: number;
  /** The generation that it made; healing makes none. */
  readonly generation: number | null;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The person behind it. */
  readonly uid: number;
  readonly through: Note['through'] | 'keeper';
  /** healed: something put back that another program had taken away. reverted: a change that nobody had confirmed. */
  readonly kind: 'change' | 'undo' | 'healed' | 'reverted';
  readonly definitions: readonly JournalDefinition[];
  /** NICs of others that it has moved. */
  readonly plugs?: readonly Plug[];
  /** Of networks whose cures it has changed: they stand in no definition. */
  readonly cures?: readonly JournalCures[];
  /** The texts were too long to be kept: nothing is left to undo with. */
  readonly cut?: true;
}

/** The numbers of entries that later ones have undone; an undo that was undone itself counts for nothing. Entries newest first. */
export function undoneIn(entries: readonly Pick<JournalEntry, 'id' | 'undoes'>[]): readonly number[] {
  const undone = new Set<number>();
  for (const { id, undoes } of entries) {
    if (undoes !== undefined && !undone.has(id)) undone.add(undoes);
  }
  return [...undone];
}
