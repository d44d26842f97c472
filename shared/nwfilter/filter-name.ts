/** Longest name, in characters; with the bytes it keeps `NAME.xml` within a file name of 255 bytes. */
const maxCharacters = 128;
const maxBytes = 240;

/** Why a text cannot be a filter's name (a phrase that follows "the name"), or undefined where it can. */
export function filterNameProblem(name: string): string | undefined {
  if (name === '') return 'is empty';
  if (/\p{Cc}/u.test(name)) return 'has a control character in it';
  if (name.includes('/')) return 'has a slash in it';
  if (/^[.-]/.test(name)) return `starts with "${name.charAt(0)}"`;
  if (name.length > maxCharacters) return `is longer than ${maxCharacters} characters`;
  if (new TextEncoder().encode(name).length > maxBytes) return `is longer than ${maxBytes} bytes`;
  return undefined;
}
