/** How many single letters have to be changed, added or left out to make one word of the other. */
function distance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const change = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1);
      current.push(Math.min(change, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}

/** The name that was probably meant: the nearest one, if no more than a third of its letters differ. */
export function closestName(word: string, names: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const name of names) {
    // Words whose lengths differ too much are not compared letter by letter.
    if (Math.abs(name.length - word.length) * 3 > name.length) continue;
    const letters = distance(word.toLowerCase(), name.toLowerCase());
    if (letters < bestDistance && letters * 3 <= name.length) [best, bestDistance] = [name, letters];
  }
  return best;
}
