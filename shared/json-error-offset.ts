const blank = /[ \t\r\n]*/y;
const string = /"(?:[ !#-[\]-\u{10ffff}]|\\(?:["\\/bfnrt]|u[0-9A-Fa-f]{4}))*"/uy;
const scalar = /(?:true|false|null|-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)/y;

/**
 * Where a text stops being JSON (RFC 8259), as an offset; undefined where it is JSON all through. JSON.parse tells it in some of its messages
 * only.
 */
export function jsonErrorOffset(text: string): number | undefined {
  let at = 0;
  const take = (pattern: RegExp): boolean => {
    pattern.lastIndex = at;
    const isThere = pattern.test(text);
    if (isThere) at = pattern.lastIndex;
    return isThere;
  };
  const skipTo = (character: string): boolean => {
    take(blank);
    if (text.charAt(at) !== character) return false;
    at += 1;
    return true;
  };

  // What is open, innermost last; without recursion, for a text of brackets must not exhaust the stack.
  const open: ('[' | '{')[] = [];
  for (;;) {
    take(blank);
    if (open.at(-1) === '{' && !(take(string) && skipTo(':'))) return at;
    take(blank);
    const bracket = text.charAt(at);
    if (bracket === '[' || bracket === '{') {
      at += 1;
      if (!skipTo(bracket === '[' ? ']' : '}')) {
        open.push(bracket);
        continue;
      }
    } else if (!take(string) && !take(scalar)) return at;
    while (open.length > 0 && !skipTo(',')) {
      if (!skipTo(open.at(-1) === '[' ? ']' : '}')) return at;
      open.pop();
    }
    if (open.length === 0) {
      take(blank);
      return at === text.length ? undefined : at;
    }
  }
}
