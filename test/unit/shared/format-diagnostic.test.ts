import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../../shared/diagnostic.ts';
import { formatDiagnostic } from '../../../shared/format-diagnostic.ts';

const diagnostic = (line: number, column: number, length: number, more: Partial<Diagnostic> = {}): Diagnostic => ({
  code: 'bad-value',
  severity: 'error',
  message: 'This is wrong.',
  span: { file: 'web.xml', line, column, length },
  ...more,
});

const text = `<filter name='web'>
\t<rule action='drop'>
  <ip\tdscp='64'/>
`;

describe('formatDiagnostic', () => {
  it('shows place, source, facts and other places', () => {
    const finding = diagnostic(1, 15, 3, {
      filter: 'web',
      found: 'web',
      expected: 'a better name',
      notes: [
        { message: 'A better one stands here.', span: { file: 'web.xml', line: 2, column: 2, length: 5 } },
        { message: 'And one in another file.', span: { file: 'other.xml', line: 7, column: 1, length: 5 } },
      ],
    });
    expect(formatDiagnostic(finding, text)).toBe(`web.xml:1:15: error: This is wrong. [bad-value]
 1 | <filter name='web'>
   |               ^^^
   = filter: web
   = found: web
   = expected: a better name
web.xml:2:2: note: A better one stands here.
 2 |     <rule action='drop'>
   |     ^^^^^
other.xml:7:1: note: And one in another file.`);
  });

  it('does without the source', () => {
    expect(formatDiagnostic(diagnostic(1, 2, 3, { severity: 'warning', expected: 'x' }))).toBe(
      'web.xml:1:2: warning: This is wrong. [bad-value]\n   = expected: x',
    );
  });

  /** The two lines of the excerpt alone. */
  const excerpt = (source: string, line: number, column: number, length: number) =>
    formatDiagnostic(diagnostic(line, column, length), source)
      .split('\n')
      .slice(1)
      .join('\n');

  it.each([
    ['tabs before and in the line', text, 3, 13, 2, " 3 |   <ip   dscp='64'/>\n   |               ^^"],
    ['a bare position', 'abc', 1, 2, 0, ' 1 | abc\n   |  ^'],
    ['the end of a line', 'abc\ndef', 1, 4, 0, ' 1 | abc\n   |    ^'],
    ['the end of the text', 'abc\n', 2, 1, 0, ' 2 |\n   | ^'],
    ['a span that goes on in the next line', "a='x\ny'", 1, 4, 3, " 1 | a='x\n   |    ^"],
    ['other line ends', 'a\r\nb\rc', 3, 1, 1, ' 3 | c\n   | ^'],
    ['a byte order mark', '\uFEFF<a/>', 1, 1, 2, ' 1 | <a/>\n   | ^^'],
    ['a line that is not there', 'a', 9, 1, 1, ''],
    ['a column that is not there', 'a', 1, 9, 1, ' 1 | a\n   |  ^'],
    ['what would drive the terminal', 'a\u001b[31mb\u202e', 1, 8, 1, ' 1 | a?[31mb?\n   |        ^'],
    ['line numbers of two digits', `${'\n'.repeat(11)}x`, 12, 1, 1, ' 12 | x\n    | ^'],
  ])('marks %s', (_, source, line, column, length, shown) => {
    expect(excerpt(source, line, column, length)).toBe(shown);
  });

  it.each([
    ['the start', 1, 5],
    ['the middle', 150, 5],
    ['the end', 296, 5],
    ['all of it', 1, 300],
  ])('cuts a long line around %s', (_, column, length) => {
    const source = Array.from({ length: 300 }, (_, i) => String.fromCharCode(97 + (i % 26))).join('');
    const [line = '', marks = ''] = excerpt(source, 1, column, length)
      .split('\n')
      .map((shown) => shown.slice(5));
    expect(line).toHaveLength(100);
    const start = marks.indexOf('^');
    const marked = line.slice(start, marks.length);
    expect(source.slice(column - 1, column - 1 + length).startsWith(marked)).toBe(true);
    expect(marked.length).toBe(Math.min(length, 97));
  });

  it('passes no control characters on to the terminal', () => {
    const finding = diagnostic(1, 1, 1, { message: 'a\u0007', found: '\u001b]0;x\u0007', filter: 'f\u202e' });
    expect(formatDiagnostic(finding)).toBe('web.xml:1:1: error: a? [bad-value]\n   = filter: f?\n   = found: ?]0;x?');
  });
});
