import { createContext } from 'react';
import type { Step } from './walk-map.ts';

/** Goes from a node to the one that an arrow key leads to. */
export const WalkContext = createContext<(id: string, step: Step) => void>(() => {});
