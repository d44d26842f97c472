import fc from 'fast-check';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { arbitraryTrial, disagreements, showTrial } from './properties/trial.ts';
import { type Bench, createBench } from './rig/bench.ts';
import { openRulesInForce, type RulesInForce } from './rig/rules-in-force.ts';

let bench: Bench;
let rules: RulesInForce;

beforeAll(async () => {
  bench = createBench();
  rules = await openRulesInForce(bench);
});

afterAll(async () => {
  await rules.close();
  bench.destroy();
});

describe('kernel and evaluator agree on random frames under random filters', () => {
  const fresh = Date.now() & 0x7fffffff;
  test.each([1, 2, 3, fresh])('seed %i', async (seed) => {
    await fc.assert(
      fc.asyncProperty(arbitraryTrial, async (trial) => {
        const found = await disagreements(bench, rules, trial);
        if (found.length > 0) throw new Error([showTrial(trial), ...found].join('\n'));
      }),
      { seed, numRuns: 60 },
    );
  });
});
