import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Bench, createBench } from '../kernel/rig/bench.ts';
import { openRulesInForce, type RulesInForce } from '../kernel/rig/rules-in-force.ts';
import { loadDifferences } from './differences.ts';
import { judgeFrames } from './judge-frames.ts';
import {
  framesOf,
  loadBaseFrames,
  loadBeyondCases,
  loadRecordedCases,
  type RecordedBinding,
  type RecordedFrame,
} from './recorded-cases.ts';
import { resolveCase } from './resolve-case.ts';

const base = loadBaseFrames();
const differences = loadDifferences();
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

/** The frames on which the verdicts differ from those that the kernel gives. */
async function disagreements(
  binding: RecordedBinding,
  frames: readonly RecordedFrame[],
  verdicts?: string,
): Promise<readonly string[]> {
  const resolved = resolveCase(binding);
  if (!resolved.ok) throw new Error(resolved.diagnostics.map(({ message }) => message).join('\n'));
  const wanted = verdicts ?? judgeFrames(resolved.value, frames);
  await rules.replace([resolved.value]);
  return frames.flatMap((frame, at) => {
    const verdict = bench.verdict(frame);
    return verdict === wanted[at] ? [] : [`${verdict} for ${frame.dir} ${frame.note} ${frame.hex}`];
  });
}

describe('the kernel, through the helper and nftables, gives every frame the verdict that libvirt gave it', () => {
  const cases = loadRecordedCases().filter(({ name }) => !differences.has(name));
  test.each(cases.map((each) => [each.name, each] as const))('%s', async (_, recorded) => {
    expect(await disagreements(recorded, framesOf(recorded, base), recorded.verdicts)).toEqual([]);
  });
});

describe('where libvirt contradicts its documentation, the kernel does what the evaluator says', () => {
  const cases = loadRecordedCases().filter(({ name }) => differences.has(name));
  test.each(cases.map((each) => [each.name, each] as const))('%s', async (_, recorded) => {
    expect(await disagreements(recorded, framesOf(recorded, base))).toEqual([]);
  });
});

describe('what libvirt cannot do, the kernel does as the evaluator says', () => {
  test.each(loadBeyondCases().map((each) => [each.name, each] as const))('%s', async (_, beyond) => {
    expect(await disagreements(beyond, base)).toEqual([]);
  });
});
