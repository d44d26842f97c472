import type { SourceSpan } from './diagnostic.ts';

/** Where the entries of a JSON list begin, which JSON.parse does not say. The text must be good JSON and a list. */
export function arrayPlaces(text: string, file: string): readonly SourceSpan[] {
  const places: SourceSpan[] = [];
  let line = 1;
  let lineStart = 0;
  let depth = 0;
  let inString = false;
  let expectsEntry = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '\n') {
      line += 1;
      lineStart = at + 1;
    }
    if (inString) {
      if (character === '\\') at += 1;
      else if (character === '"') inString = false;
      continue;
    }
    if (/\s/.test(character)) continue;
    if (expectsEntry && character !== ']') {
      places.push({ file, line, column: at - lineStart + 1, length: 1 });
      expectsEntry = false;
    }
    if (character === '"') inString = true;
    else if (character === '[' || character === '{') {
      depth += 1;
      expectsEntry = depth === 1;
    } else if (character === ']' || character === '}') depth -= 1;
    else if (character === ',' && depth === 1) expectsEntry = true;
  }
  return places;
}
