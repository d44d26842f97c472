import type { Audience } from '../trial/run-plays.ts';
import type { PlayResult } from '../trial/trial.ts';

/** Tells the user what the lab does. */
export interface Reporter extends Audience {
  buildingRoom(): void;
  roomStands(): void;
  playBegins(filter: string): void;
  /** At the end: what came of it, and what ought to have been otherwise. */
  ended(results: readonly PlayResult[], surprises: readonly string[]): void;
}
