import { words } from '../../../words/words.ts';
import { formOf, isProtocol, ownElements } from './proposals.ts';

/** What a name of the language means. */
export interface Explanation {
  readonly title: string;
  readonly meaning: string;
  /** What its value has to look like, in a clause. */
  readonly form?: string;
}

const said = words.filterLanguage;
const inWords = (table: Readonly<Record<string, string>>, name: string): string | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined;

/** What an element means; undefined for one that is none of the language's. */
export function explainElement(element: string): Explanation | undefined {
  const table = isProtocol(element) ? said.protocols : said.elements;
  const meaning = isProtocol(element) || Object.hasOwn(ownElements, element) ? inWords(table, element) : undefined;
  return meaning === undefined ? undefined : { title: `<${element}>`, meaning };
}

/** What an attribute means where it stands. */
export function explainAttribute(element: string, attribute: string): Explanation | undefined {
  const meaning = inWords(said.attributes, `${element} ${attribute}`) ?? inWords(said.attributes, attribute);
  if (meaning === undefined) return undefined;
  const form = formOf(element, attribute);
  return { title: attribute, meaning, ...(form !== undefined && { form }) };
}

/** What a word means that stands as a value; undefined where it speaks for itself. */
export function explainValue(element: string, attribute: string, value: string): Explanation | undefined {
  const meaning = inWords(said.values, `${element} ${attribute} ${value}`);
  return meaning === undefined ? undefined : { title: value, meaning };
}
