/** As long as a comment of the plan may be. */
const maxComment = 96;

/** What a filter's rule is called in the kernel: `filter:line`, in the characters that every tool takes. Two filters can come to the same. */
export function ruleComment(filter: string, line: number): string {
  const end = `:${line}`;
  return `${filter.replaceAll(/[^A-Za-z0-9 _.:/#+-]/g, '_').slice(0, maxComment - end.length)}${end}`;
}
