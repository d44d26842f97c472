const escapes: Readonly<Record<string, string>> = {
  '<': '&lt;',
  '>': '&gt;',
  '&': '&amp;',
  "'": '&apos;',
  '"': '&quot;',
};

/** Makes a text safe between tags and inside of quotes; control characters, which a reader would make spaces of, become references. */
export function escapeXml(text: string): string {
  return text.replace(/[<>&'"\p{Cc}]/gu, (character) => escapes[character] ?? `&#${character.codePointAt(0)};`);
}
