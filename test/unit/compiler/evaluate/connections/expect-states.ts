import { expect } from 'vitest';
import { classifyFrame, noConnections } from '../../../../../main/compiler/evaluate/connections/connection-tracker.ts';
import { viewFrame } from '../../../../../main/compiler/evaluate/frame-view.ts';
import type { Direction, IpFamily } from '../../../../../main/compiler/policy/policy.ts';
import type { Ends, IpOptions } from '../../../../frames/ip.ts';
import { ipFrame } from '../ends.ts';

type State = 'NEW' | 'ESTABLISHED' | 'RELATED' | 'INVALID' | 'UNTRACKED';
export type Step = readonly [note: string, frame: Uint8Array, state: State];

/** The states of packets one after the other, all of which pass. */
function statesOf(steps: readonly Step[]): readonly (readonly [string, string])[] {
  let table = noConnections;
  return steps.map(([note, frame]) => {
    const { classification, passed } = classifyFrame(viewFrame(frame), table);
    table = passed;
    return [note, classification.state];
  });
}

/** Holds the tracker to what Linux 6.18 answered, frame by frame, from a fresh connection table. */
export function expectStates(steps: readonly Step[]): void {
  expect(statesOf(steps)).toEqual(steps.map(([note, , state]) => [note, state]));
}

export const frameFor =
  (family: IpFamily, protocol: number) =>
  (direction: Direction, make: (ends: Ends) => Uint8Array, options?: IpOptions & { ends?: Partial<Ends> }) =>
    ipFrame(direction, family, protocol, make, options);
