const suffix = '.xml';
/** NAME_MAX of Linux's file systems, less the suffix of the temporary file that is renamed into place. */
const maxBytes = 240;

/**
 * The file name under which a definition is kept: every byte but letters, digits, "-", "_" and "." (and those, where one leads) as %XX, so
 * that no name is a path, hidden, or two files. Undefined where the name is too long for a file or is not well-formed text.
 */
export function definitionFileName(name: string): string | undefined {
  if (name === '' || !name.isWellFormed()) return undefined;
  const encoded = Array.from(new TextEncoder().encode(name), (byte, index) => {
    const character = String.fromCharCode(byte);
    const plain = index === 0 ? /[A-Za-z0-9]/ : /[A-Za-z0-9_.-]/;
    return plain.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  }).join('');
  return encoded.length + suffix.length > maxBytes ? undefined : `${encoded}${suffix}`;
}

/** The name that `definitionFileName` made this file name of; undefined for every other file name. */
export function definitionNameOf(fileName: string): string | undefined {
  if (!fileName.endsWith(suffix)) return undefined;
  try {
    const name = decodeURIComponent(fileName.slice(0, -suffix.length));
    return definitionFileName(name) === fileName ? name : undefined;
  } catch {
    return undefined;
  }
}
