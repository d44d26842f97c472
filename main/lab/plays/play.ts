import type { Room } from '../room/room.ts';

/** How one run of a play ended, judged at the other side. */
export interface Happening {
  /** Whether the talk, or the attack, worked. */
  readonly worked: boolean;
  /** What was seen, one short sentence without a full stop. */
  readonly seen: string;
}

/** One thing that the guests do, once without and once with a filter on g1's card. */
export interface Play {
  readonly name: string;
  /** `talk` ought to work always, `attack` only where no filter stands. */
  readonly kind: 'talk' | 'attack';
  /** What g1 does, one sentence. */
  readonly story: string;
  /** Set where clean-traffic alone does not stop it, with what does and why. */
  readonly needs?: { readonly filter: PracticeFilter; readonly because: string };
  /** Does it and undoes it. `run` differs from run to run, so that what is sent can be told apart. */
  act(room: Room, run: string): Promise<Happening>;
}

/** A filter that the lab brings along, beside the stock ones. */
export interface PracticeFilter {
  readonly name: string;
  readonly xml: string;
}

/** How long the other side is watched before something counts as not arrived, in milliseconds. */
export const patience = 600;
