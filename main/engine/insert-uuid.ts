import type { SourceSpan } from '../../shared/diagnostic.ts';

/** Where the start tag that begins at `start` ends; quoted attribute values may hold any character but their quote. */
function endOfTag(text: string, start: number): number {
  let quote: string | undefined;
  for (let at = start; at < text.length; at += 1) {
    const character = text[at] as string;
    if (quote !== undefined) {
      if (character === quote) quote = undefined;
    } else if (character === '"' || character === "'") quote = character;
    else if (character === '>') return at;
  }
  return text.length;
}

function offsetOf(text: string, { line, column }: SourceSpan): number {
  const lines = text.split(/(?<=\r\n|\r(?!\n)|\n)/);
  return lines.slice(0, line - 1).reduce((sum, each) => sum + each.length, 0) + column - 1;
}

/**
 * Puts a uuid into the text of a filter that has none, right behind the start tag of the root element, whose place is given. Everything the user
 * wrote, comments and line numbers included, stays as it is.
 */
export function insertUuid(text: string, root: SourceSpan, uuid: string): string {
  const end = endOfTag(text, offsetOf(text, root));
  const element = `<uuid>${uuid}</uuid>`;
  if (text[end - 1] === '/') return `${text.slice(0, end - 1)}>${element}</filter>${text.slice(end + 1)}`;
  return `${text.slice(0, end + 1)}${element}${text.slice(end + 1)}`;
}
