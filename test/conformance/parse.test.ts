import { describe, expect, it } from 'vitest';
import { parseFilter } from '../../main/compiler/parse/parse-filter.ts';
import { printFilter } from '../../main/compiler/parse/print-filter.ts';
import { loadBeyondCases, loadRecordedCases, loadRefusedCases } from './recorded-cases.ts';

const texts = (filters: Readonly<Record<string, string>>) => Object.entries(filters);

const accepted = [...loadRecordedCases(), ...loadBeyondCases()].map(({ name, filters }) => ({ name, filters }));

describe('filters of recorded and beyond cases', () => {
  it.each(accepted)('$name reads without a finding, and survives print and parse', ({ filters }) => {
    for (const [name, text] of texts(filters)) {
      const result = parseFilter(text, `${name}.xml`);
      expect(result).toMatchObject({ ok: true, value: { name }, warnings: [] });
      if (!result.ok) continue;
      const again = parseFilter(printFilter(result.value), `${name}.xml`);
      expect(again.ok && printFilter(again.value)).toBe(printFilter(result.value));
    }
  });
});

describe('filters of refused cases', () => {
  const illegal = loadRefusedCases().flatMap((refused) => {
    const [, attribute, found] = /: (\S+) has illegal value (\S+)/.exec(refused.reference_error) ?? [];
    return attribute === undefined || found === undefined ? [] : [{ ...refused, attribute, found }];
  });

  it('are about illegal values, but for one that only the parameters show', () => {
    expect(loadRefusedCases().length - illegal.length).toBe(1);
  });

  it.each(illegal)('$name is refused where $attribute has the value', ({ filters, attribute, found }) => {
    const findings = texts(filters).flatMap(([name, text]) => {
      const result = parseFilter(text, `${name}.xml`);
      return (result.ok ? [] : result.diagnostics).map((finding) => ({ finding, text }));
    });
    expect(findings).not.toEqual([]);
    for (const { finding, text } of findings) {
      expect(finding).toMatchObject({ code: 'bad-value', attribute, found, filter: expect.any(String) });
      const { line, column, length } = finding.span;
      expect(text.split('\n')[line - 1]?.slice(column - 1, column - 1 + length)).toBe(found);
    }
  });
});
