/** What a network without a bridge of its choosing gets. */
export const defaultTemplate = 'gwbr%d';

/** The name itself, or for a template the first number that makes a name nobody has; undefined where IFNAMSIZ leaves no room for one. */
export function chooseBridgeName(template: string, isTaken: (name: string) => boolean): string | undefined {
  if (!template.includes('%d')) return template;
  for (let number = 0; number < 10_000; number += 1) {
    const name = template.replace('%d', String(number));
    if (name.length > 15) return undefined;
    if (!isTaken(name)) return name;
  }
  return undefined;
}
