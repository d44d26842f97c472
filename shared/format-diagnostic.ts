import type { Diagnostic, SourceSpan } from './diagnostic.ts';

const tabWidth = 4;
const maxLineWidth = 100;

/** What could drive a terminal, or turn the order of its letters, is not passed on to it; tabs are harmless. */
const printable = (text: string): string => text.replace(/[^\P{Cc}\t]|[\p{Cf}\p{Zl}\p{Zp}]/gu, '?');

/** A source line with its tabs as spaces, and the columns (from 0) that a span takes in it. */
function layOut(line: string, column: number, length: number): { text: string; start: number; end: number } {
  let text = '';
  let start: number | undefined;
  let end: number | undefined;
  for (let offset = 0; offset <= line.length; offset++) {
    if (offset === column - 1) start = text.length;
    if (offset === column - 1 + length) end = text.length;
    const unit = line.charAt(offset);
    text += unit === '\t' ? ' '.repeat(tabWidth - (text.length % tabWidth)) : unit;
  }
  const from = start ?? text.length;
  return { text, start: from, end: Math.max(end ?? text.length, from + 1) };
}

/** Cuts a line that is too wide so that the marked part stays in sight. */
function cut({ text, start, end }: ReturnType<typeof layOut>): ReturnType<typeof layOut> {
  if (text.length <= maxLineWidth) return { text, start, end };
  const marked = Math.min(end - start, maxLineWidth / 2);
  const from = Math.max(0, Math.min(start - Math.floor((maxLineWidth - marked) / 2), text.length - maxLineWidth));
  const to = Math.min(text.length, from + maxLineWidth);
  const before = from > 0 ? '...' : '';
  const after = to < text.length ? '...' : '';
  const shown = before + text.slice(from + before.length, to - after.length) + after;
  return {
    text: shown,
    start: start - from,
    end: Math.max(Math.min(end - from, shown.length - after.length), start - from + 1),
  };
}

function excerpt(span: SourceSpan, sourceText: string | undefined): readonly string[] {
  const line = sourceText?.replace(/^\uFEFF/, '').split(/\r\n?|\n/)[span.line - 1];
  if (line === undefined) return [];
  const { text, start, end } = cut(layOut(printable(line), span.column, span.length));
  const number = String(span.line);
  return [
    ` ${number} | ${text}`.trimEnd(),
    ` ${' '.repeat(number.length)} | ${' '.repeat(start)}${'^'.repeat(end - start)}`,
  ];
}

const place = (span: SourceSpan): string => `${printable(span.file)}:${span.line}:${span.column}`;

/**
 * Writes a finding for the terminal, without a line feed at its end: place, severity, message and code; the source line with a caret under what was
 * found, if the text of its file is given; then what is known beside, and the other places that explain it.
 */
export function formatDiagnostic(diagnostic: Diagnostic, sourceText?: string): string {
  const { severity, message, code, span, filter, found, expected, notes = [] } = diagnostic;
  const margin = ' '.repeat(String(span.line).length + 1);
  const facts = Object.entries({ filter, found, expected }).filter(([, fact]) => fact !== undefined);
  return [
    `${place(span)}: ${severity}: ${printable(message)} [${code}]`,
    ...excerpt(span, sourceText),
    ...facts.map(([name, fact]) => `${margin} = ${name}: ${printable(String(fact))}`),
    ...notes.flatMap((note) => [
      `${place(note.span)}: note: ${printable(note.message)}`,
      ...excerpt(note.span, note.span.file === span.file ? sourceText : undefined),
    ]),
  ].join('\n');
}
