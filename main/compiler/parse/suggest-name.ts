import { closestName } from './closest-name.ts';

/** What to say about a name that is not one of the known: a sentence to append to a message, and what would have been right. */
export function suggestName(
  word: string,
  known: readonly string[],
): { readonly hint: string; readonly expected: string } {
  const meant = closestName(word, known);
  return meant === undefined
    ? { hint: '', expected: known.length === 0 ? 'nothing here' : known.join(', ') }
    : { hint: ` Did you mean ${meant}?`, expected: meant };
}
