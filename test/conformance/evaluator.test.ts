import { describe, expect, test } from 'vitest';
import { loadDifferences } from './differences.ts';
import { judgeFrames } from './judge-frames.ts';
import { framesOf, loadBaseFrames, loadBeyondCases, loadRecordedCases, loadRefusedCases } from './recorded-cases.ts';
import { resolveCase } from './resolve-case.ts';

const base = loadBaseFrames();
const differences = loadDifferences();

describe('the evaluator gives every frame the verdict that libvirt gave it', () => {
  const cases = loadRecordedCases().filter(({ name }) => !differences.has(name));
  test.each(cases.map((each) => [each.name, each] as const))('%s', (_, recorded) => {
    const resolved = resolveCase(recorded);
    if (!resolved.ok) throw new Error(resolved.diagnostics.map(({ message }) => message).join('\n'));
    const frames = framesOf(recorded, base);
    const verdicts = judgeFrames(resolved.value, frames);
    const wrong = frames.flatMap(({ dir, note, hex }, at) =>
      verdicts[at] === recorded.verdicts[at] ? [] : [`${verdicts[at]} for ${dir} ${note} ${hex}`],
    );
    expect(wrong).toEqual([]);
  });
});

describe('a listed difference is one', () => {
  const recorded = new Map(loadRecordedCases().map((each) => [each.name, each]));
  test.each([...differences.keys()])('%s', (name) => {
    const found = recorded.get(name);
    if (found === undefined) throw new Error(`There is no recorded case ${name}.`);
    const resolved = resolveCase(found);
    expect(resolved.ok && judgeFrames(resolved.value, framesOf(found, base))).not.toBe(found.verdicts);
  });
});

describe('what libvirt refuses is refused, with the place', () => {
  test.each(loadRefusedCases().map((each) => [each.name, each] as const))('%s', (_, refused) => {
    const resolved = resolveCase(refused);
    expect(resolved.ok).toBe(false);
    if (resolved.ok) return;
    for (const { span, attribute, severity } of resolved.diagnostics) {
      expect({ severity, attribute: typeof attribute, file: span.file }).toEqual({
        severity: 'error',
        attribute: 'string',
        file: expect.stringMatching(/\.xml$/),
      });
      expect(Math.min(span.line, span.column, span.length)).toBeGreaterThan(0);
    }
    expect(resolved.diagnostics.length).toBeGreaterThan(0);
  });
});

describe('what the documentation allows and libvirt cannot do is done', () => {
  test.each(loadBeyondCases().map((each) => [each.name, each] as const))('%s', (_, beyond) => {
    const resolved = resolveCase(beyond);
    expect(resolved.ok && judgeFrames(resolved.value, base)).toMatch(/^[PD]+$/);
  });
});
