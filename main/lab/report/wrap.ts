const columns = 80;

/** Breaks a sentence into lines of at most 80 columns, the first one after `first`, the others after `next`. */
export function wrap(text: string, { first, next }: { readonly first: string; readonly next: string }): string {
  const lines: string[] = [];
  let line = first;
  for (const word of text.split(' ')) {
    const isStart = line === first && lines.length === 0 ? true : line === next;
    if (!isStart && line.length + 1 + word.length > columns) {
      lines.push(line);
      line = next + word;
    } else {
      line += isStart ? word : ` ${word}`;
    }
  }
  return [...lines, line].join('\n');
}
