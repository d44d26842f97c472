/** The words of one line of iptables-save: quotes hold words together, a backslash takes the next letter as it is (iptables/xshared.c, save_string). */
export function iptablesWords(line: string): readonly string[] {
  const words: string[] = [];
  let word = '';
  let started = false;
  let quoted = false;
  for (let at = 0; at < line.length; at += 1) {
    const letter = line[at] as string;
    if (letter === '\\' && quoted) {
      at += 1;
      word += line[at] ?? '';
    } else if (letter === '"') {
      quoted = !quoted;
      started = true;
    } else if ((letter === ' ' || letter === '\t') && !quoted) {
      if (started) words.push(word);
      word = '';
      started = false;
    } else {
      word += letter;
      started = true;
    }
  }
  if (started) words.push(word);
  return words;
}
