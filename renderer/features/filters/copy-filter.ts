const nameAttribute = /(<filter\b[^>]*?\bname\s*=\s*)(["'])([^"']*)\2/;

/** The name that a text gives its filter. */
export function nameIn(text: string): string | undefined {
  return nameAttribute.exec(text)?.[3];
}

/** The text under another name and without a uuid, which no two filters share. */
export function asCopy(text: string, name: string): string {
  return text.replace(nameAttribute, `$1$2${name}$2`).replace(/[ \t]*<uuid>[^<]*<\/uuid>\r?\n?/, '');
}

/** The name, or with a number behind it the first one that nobody has. */
export function freeName(name: string, taken: readonly string[]): string {
  if (!taken.includes(name)) return name;
  for (let number = 2; ; number += 1) if (!taken.includes(`${name}-${number}`)) return `${name}-${number}`;
}
