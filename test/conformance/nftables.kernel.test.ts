import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Bench, createBench } from '../kernel/rig/bench.ts';
import { putInForce } from '../kernel/rig/put-in-force.ts';
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

beforeAll(() => {
  bench = createBench();
});

afterAll(() => {
  bench.destroy();
});

/** The frames on which the verdicts differ from those that the kernel gives. */
function disagreements(
  binding: RecordedBinding,
  frames: readonly RecordedFrame[],
  verdicts?: string,
): readonly string[] {
  const resolved = resolveCase(binding);
  if (!resolved.ok) throw new Error(resolved.diagnostics.map(({ message }) => message).join('\n'));
  const wanted = verdicts ?? judgeFrames(resolved.value, frames);
  putInForce(bench, [resolved.value]);
  return frames.flatMap((frame, at) => {
    const verdict = bench.verdict(frame);
    return verdict === wanted[at] ? [] : [`${verdict} for ${frame.dir} ${frame.note} ${frame.hex}`];
  });
}

describe('the kernel, through nftables, gives every frame the verdict that libvirt gave it', () => {
  const cases = loadRecordedCases().filter(({ name }) => !differences.has(name));
  test.each(cases.map((each) => [each.name, each] as const))('%s', (_, recorded) => {
    expect(disagreements(recorded, framesOf(recorded, base), recorded.verdicts)).toEqual([]);
  });
});

describe('where libvirt contradicts its documentation, the kernel does what the evaluator says', () => {
  const cases = loadRecordedCases().filter(({ name }) => differences.has(name));
  test.each(cases.map((each) => [each.name, each] as const))('%s', (_, recorded) => {
    expect(disagreements(recorded, framesOf(recorded, base))).toEqual([]);
  });
});

describe('what libvirt cannot do, the kernel does as the evaluator says', () => {
  test.each(loadBeyondCases().map((each) => [each.name, each] as const))('%s', (_, beyond) => {
    expect(disagreements(beyond, base)).toEqual([]);
  });
});
