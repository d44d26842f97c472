import fc from 'fast-check';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { arbitraryTrial, disagreements, showTrial } from './properties/trial.ts';
import { type Bench, createBench } from './rig/bench.ts';

let bench: Bench;

beforeAll(() => {
  bench = createBench();
});

afterAll(() => {
  bench.destroy();
});

describe('kernel and evaluator agree on random frames under random filters', () => {
  const fresh = Date.now() & 0x7fffffff;
  test.each([1, 2, 3, 4, fresh])('seed %i', (seed) => {
    fc.assert(
      fc.property(arbitraryTrial, (trial) => {
        const found = disagreements(bench, trial);
        if (found.length > 0) throw new Error([showTrial(trial), ...found].join('\n'));
      }),
      { seed, numRuns: 60 },
    );
  });
});
