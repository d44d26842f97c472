const nameAttribute = /(<filter\b[^>]*?\bname\s*=\s*)(["'])([^"']*)\2/;

/** The name that a text gives its filter. */
export function nameIn(text: string): string | undefined {
  return nameAttribute.exec(text)?.[3];
}

/** The text under another name and without a uuid, which no two filters share. */
export function asCopy(text: string, name: string): string {
  return text.replace(nameAttribute, `$1$2${name}$2`).replace(/[ \t]*<uuid>[^<]*<\/uuid>\r?\n?/, '');
}
