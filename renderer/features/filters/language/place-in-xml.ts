/** What a position in a text of XML is good for. `from` is where the word begins that is being typed. */
export type PlaceInXml =
  | { readonly kind: 'element'; readonly parents: readonly string[]; readonly from: number; readonly typed: string }
  | { readonly kind: 'closing'; readonly element: string; readonly from: number; readonly typed: string }
  | {
      readonly kind: 'attribute';
      readonly element: string;
      readonly parents: readonly string[];
      /** Attributes that the element has before this place. */
      readonly present: readonly string[];
      readonly from: number;
      readonly typed: string;
    }
  | {
      readonly kind: 'value';
      readonly element: string;
      readonly attribute: string;
      readonly from: number;
      readonly typed: string;
    }
  | { readonly kind: 'text'; readonly parents: readonly string[] };

const nameStart = /[A-Za-z_]/;
const name = /[\w.:-]*/y;
const space = /\s*/y;

function matchAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}

const after = (text: string, at: number, end: string): number => {
  const found = text.indexOf(end, at);
  return found < 0 ? text.length : found + end.length;
};

/** What stands at `position`; undefined in comments, declarations and CDATA. Reads any text, also one that is no XML yet. */
export function placeInXml(text: string, position: number): PlaceInXml | undefined {
  const before = text.slice(0, position);
  const parents: string[] = [];
  let at = 0;
  while (at < before.length) {
    const open = before.indexOf('<', at);
    if (open < 0) break;
    const skipped = skipNoElement(before, open);
    if (skipped !== undefined) {
      if (skipped > before.length) return undefined;
      at = skipped;
      continue;
    }
    if (before[open + 1] === '/') {
      const typed = matchAt(name, before, open + 2);
      const end = open + 2 + typed.length;
      if (end === before.length) return closing(parents, open + 2, typed);
      parents.pop();
      at = after(before, end, '>');
      continue;
    }
    const tag = readTag(before, open, parents);
    if (tag.place !== undefined) return tag.place;
    if (tag.element !== undefined) parents.push(tag.element);
    at = tag.end;
  }
  return { kind: 'text', parents };
}

/** Where a comment, a declaration, CDATA or an instruction that begins here ends; undefined for an element. */
function skipNoElement(text: string, open: number): number | undefined {
  const unended = text.length + 1;
  const end = (mark: string, from: number): number =>
    text.indexOf(mark, from) < 0 ? unended : after(text, from, mark);
  if (text.startsWith('<!--', open)) return end('-->', open + 4);
  if (text.startsWith('<![CDATA[', open)) return end(']]>', open + 9);
  if (text.startsWith('<?', open)) return end('?>', open + 2);
  if (text.startsWith('<!', open)) return end('>', open + 2);
  return undefined;
}

function closing(parents: readonly string[], from: number, typed: string): PlaceInXml | undefined {
  const element = parents.at(-1);
  return element === undefined ? undefined : { kind: 'closing', element, from, typed };
}

interface Tag {
  readonly end: number;
  /** Where the text ends within the tag. */
  readonly place?: PlaceInXml;
  /** That stays open. */
  readonly element?: string;
}

function readTag(text: string, open: number, above: readonly string[]): Tag {
  const parents = [...above];
  const element = matchAt(name, text, open + 1);
  let at = open + 1 + element.length;
  if (at === text.length) return { end: at, place: { kind: 'element', parents, from: open + 1, typed: element } };
  // "a < b" in a text.
  if (!nameStart.test(element)) return { end: at };
  const present: string[] = [];
  for (;;) {
    const gap = matchAt(space, text, at);
    at += gap.length;
    if (text.startsWith('/>', at)) return { end: at + 2 };
    if (text[at] === '>') return { end: at + 1, element };
    const attribute = matchAt(name, text, at);
    const from = at;
    at += attribute.length;
    if (at === text.length) {
      const place = { kind: 'attribute', element, parents, present, from, typed: attribute } as const;
      return gap === '' && attribute === '' ? { end: at } : { end: at, place };
    }
    const equals = /\s*=\s*/y;
    const sign = matchAt(equals, text, at);
    const quote = text[at + sign.length];
    if (attribute === '' || sign === '' || (quote !== '"' && quote !== "'")) {
      // Nothing that an attribute could be: go on behind it.
      at += Math.max(sign.length, attribute === '' ? 1 : 0);
      if (at >= text.length) return { end: text.length };
      continue;
    }
    const valueAt = at + sign.length + 1;
    const end = text.indexOf(quote, valueAt);
    if (end < 0) {
      const typed = text.slice(valueAt);
      return { end: text.length, place: { kind: 'value', element, attribute, from: valueAt, typed } };
    }
    present.push(attribute);
    at = end + 1;
  }
}
