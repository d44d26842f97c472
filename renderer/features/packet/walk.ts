/** How far a walk along the steps of a way has come. */
export interface Walk {
  /** The step that is looked at, from 0. */
  readonly at: number;
  readonly isWalking: boolean;
}

export type WalkAction = 'next' | 'back' | 'first' | 'last' | 'toggle' | 'tick';

const longest = 6000;
const slowest = 450;

/** Milliseconds that a step is looked at before the next one comes: a long way is not walked for longer. */
export const pace = (steps: number): number => Math.min(slowest, longest / Math.max(1, steps));

/** A walk begins with the first step, or, for who wants no motion, has come to its end already. */
export function beginWalk(steps: number, isStill: boolean): Walk {
  return isStill ? { at: Math.max(0, steps - 1), isWalking: false } : { at: 0, isWalking: steps > 1 };
}

export function walkOn({ at, isWalking }: Walk, steps: number, action: WalkAction): Walk {
  const last = Math.max(0, steps - 1);
  const stand = (place: number): Walk => ({ at: Math.min(last, Math.max(0, place)), isWalking: false });
  switch (action) {
    case 'next':
      return stand(at + 1);
    case 'back':
      return stand(at - 1);
    case 'first':
      return stand(0);
    case 'last':
      return stand(last);
    case 'toggle':
      // From the end it begins anew.
      if (isWalking) return stand(at);
      return { at: at >= last ? 0 : at, isWalking: last > 0 };
    case 'tick':
      return { at: Math.min(last, at + 1), isWalking: isWalking && at + 1 < last };
  }
}
