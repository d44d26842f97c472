import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Note } from '../../../shared/plan/journal-entry.ts';
import type { Plan } from '../../../shared/plan/plan.ts';
import { readLine, writeLine } from '../log-entry.ts';
import { readRootFile, removeRootFile, replaceRootFile } from '../root-file.ts';
import type { Store } from '../store.ts';

/** A change that is taken back by itself unless somebody confirms it. */
export interface WaitingChange {
  /** The generation that it makes: of any other it says nothing, also where the change failed or a crash came between. */
  readonly generation: number;
  /** Milliseconds since 1970. */
  readonly until: number;
  /** What leads back to what was in force before. */
  readonly reverse: Plan;
  readonly note: Note;
  readonly uid: number;
  readonly activity: number;
}

function waitingPath(state: string): string {
  return join(state, 'confirm.json');
}

/** Written before the change is carried out, so that no crash leaves it in force for good. */
export function writeWaiting(state: string, change: WaitingChange): void {
  replaceRootFile(waitingPath(state), writeLine(change), { durable: true });
}

/** The change that waits now; undefined where none does. */
export function readWaiting(state: string, { inForce }: Pick<Store, 'inForce'>): WaitingChange | undefined {
  const change = readLine<WaitingChange>((readRootFile(waitingPath(state)) ?? '').trimEnd());
  return change?.generation === inForce.generation ? change : undefined;
}

/** Whether a change can wait, as far as can be seen without the lock. */
export function mayWait(state: string): boolean {
  return existsSync(waitingPath(state));
}

export function forgetWaiting(state: string): void {
  removeRootFile(waitingPath(state));
}
