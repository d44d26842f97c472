import { useReducedMotion } from '@mantine/hooks';
import { useEffect, useState } from 'react';
import { beginWalk, pace, type Walk, type WalkAction, walkOn } from './walk.ts';

/** A walk along so many steps; where motion is not wanted it is at its end at once. */
export function useWalk(steps: number): readonly [walk: Walk, act: (action: WalkAction) => void] {
  // Asked at once, lest the first picture move.
  const isStill = useReducedMotion(undefined, { getInitialValueInEffect: false });
  const [walk, setWalk] = useState(() => beginWalk(steps, isStill));
  const act = (action: WalkAction): void => setWalk((before) => walkOn(before, steps, action));
  useEffect(() => {
    if (!walk.isWalking) return undefined;
    const timer = setTimeout(() => setWalk((before) => walkOn(before, steps, 'tick')), pace(steps));
    return () => clearTimeout(timer);
  }, [walk, steps]);
  return [walk, act];
}
