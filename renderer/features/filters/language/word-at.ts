const isPart = (character: string | undefined): boolean => character !== undefined && /[\w$.:-]/.test(character);

/** The word that a position is in or at, as the names and values of a filter are made; undefined between words. */
export function wordAt(
  text: string,
  position: number,
): { readonly from: number; readonly to: number; readonly text: string } | undefined {
  let [from, to] = [position, position];
  while (isPart(text[from - 1])) from -= 1;
  while (isPart(text[to])) to += 1;
  return from === to ? undefined : { from, to, text: text.slice(from, to) };
}
