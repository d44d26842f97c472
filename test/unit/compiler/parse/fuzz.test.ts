import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseBinding } from '../../../../main/compiler/parse/parse-binding.ts';
import { parseFilter } from '../../../../main/compiler/parse/parse-filter.ts';
import { printFilter } from '../../../../main/compiler/parse/print-filter.ts';
import { loadStockFilters } from '../../../../main/engine/stock-filters.ts';
import { formatDiagnostic } from '../../../../shared/format-diagnostic.ts';
import { arbitraryFilterDocument } from './arbitrary-filter-document.ts';

/** Reads the text, and writes all that comes of it: a place outside of the text would show here too. */
function readAndShow(text: string): void {
  for (const result of [parseFilter(text, 'f.xml'), parseBinding(text, 'b.xml')]) {
    const findings = result.ok ? result.warnings : result.diagnostics;
    if (!result.ok) expect(findings.some((finding) => finding.severity === 'error')).toBe(true);
    const lines = text.replace(/^\uFEFF/, '').split(/\r\n?|\n/);
    for (const finding of findings) {
      expect(finding.span.column).toBeLessThanOrEqual((lines[finding.span.line - 1] ?? '').length + 1);
      formatDiagnostic(finding, text);
    }
  }
}

const stockTexts = [...loadStockFilters().values()].map(({ text }) => text);
const words = fc.constantFrom(
  "<rule action='drop' direction='in'>",
  '</rule>',
  "<ip match='no'",
  '<tcp ',
  "srcipaddr='",
  "dstportstart='",
  "comment='",
  '$IP[@',
  ']',
  "'",
  '/>',
  '<filterref ',
  "<parameter name='A' value='1'/>",
  '\r\n',
  '\t',
  '&#',
  ';',
  '\u{1f600}',
  '0x',
  '99999999999',
  'ff:ff',
  '::',
  ',',
  '/',
);

interface Edit {
  readonly at: number;
  readonly remove: number;
  readonly insert: string;
}

const mutate = (text: string, edits: readonly Edit[]): string =>
  edits.reduce((current, { at, remove, insert }) => {
    const offset = at % (current.length + 1);
    return current.slice(0, offset) + insert + current.slice(offset + remove);
  }, text);

const edits = fc.array(
  fc.record({
    at: fc.nat(100_000),
    remove: fc.nat(8),
    insert: fc.oneof(fc.constant(''), words, fc.string({ unit: 'binary', maxLength: 3 })),
  }),
  { minLength: 1, maxLength: 4 },
);

describe('the readers of filters and bindings', { timeout: 60_000 }, () => {
  it('never throw at random text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), readAndShow), { numRuns: 1000 });
  });

  it('never throw at random bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => readAndShow(new TextDecoder().decode(bytes))),
      { numRuns: 1000 },
    );
  });

  it('never throw at what is nearly a filter', () => {
    const content = fc.array(words, { maxLength: 12 }).map((parts) => `<filter name='f'>${parts.join('')}</filter>`);
    fc.assert(fc.property(content, readAndShow), { numRuns: 1000 });
  });

  it('never throw at damaged filters', () => {
    const text = fc.oneof(fc.constantFrom(...stockTexts), arbitraryFilterDocument.map(printFilter));
    fc.assert(
      fc.property(text, edits, (whole, damage) => readAndShow(mutate(whole, damage))),
      { numRuns: 1000 },
    );
  });
});
