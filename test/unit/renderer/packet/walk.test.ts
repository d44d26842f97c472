import { describe, expect, it } from 'vitest';
import { beginWalk, pace, type WalkAction, walkOn } from '../../../../renderer/features/packet/walk.ts';

const after = (steps: number, ...actions: readonly WalkAction[]) =>
  actions.reduce((walk, action) => walkOn(walk, steps, action), beginWalk(steps, false));

describe('a walk', () => {
  it.each([
    ['begins with the first step', 3, [], { at: 0, isWalking: true }],
    ['goes on by itself', 3, ['tick'], { at: 1, isWalking: true }],
    ['stands at its end', 3, ['tick', 'tick'], { at: 2, isWalking: false }],
    ['goes no further', 3, ['tick', 'tick', 'tick', 'next'], { at: 2, isWalking: false }],
    ['stands still where one takes a step oneself', 5, ['next'], { at: 1, isWalking: false }],
    ['goes back, not before its beginning', 5, ['next', 'back', 'back'], { at: 0, isWalking: false }],
    ['pauses and goes on from there', 5, ['tick', 'toggle', 'toggle'], { at: 1, isWalking: true }],
    ['begins anew from its end', 5, ['last', 'toggle'], { at: 0, isWalking: true }],
    ['of one step is none', 1, [], { at: 0, isWalking: false }],
    ['of no step is none', 0, ['toggle', 'next', 'last'], { at: 0, isWalking: false }],
  ] as const)('%s', (_, steps, actions, walk) => {
    expect(after(steps, ...actions)).toEqual(walk);
  });

  it('is at its end at once for who wants no motion', () => {
    expect(beginWalk(7, true)).toEqual({ at: 6, isWalking: false });
  });

  it('takes no longer for a long way', () => {
    expect([pace(2), pace(100) * 100, pace(0)]).toEqual([450, 6000, 450]);
  });
});
