import type { VariableAccess } from '../../../shared/nwfilter/values.ts';

const maxIterator = 1000;
/** libvirt reads an index as a C unsigned int. */
const maxIndex = 0xffffffff;

export type ParsedVariable =
  | { readonly ok: true; readonly access: VariableAccess }
  | { readonly ok: false; readonly problem: string; readonly expected: string };

/** Reads `$NAME`, which is short for `$NAME[@0]`, `$NAME[@ITERATOR]` or `$NAME[INDEX]`. */
export function parseVariable(text: string): ParsedVariable {
  const [, name, brackets, at, digits] = /^\$([A-Za-z0-9_]+)(\[\s*(@)?\s*([0-9]+)\s*\]\s*)?$/.exec(text) ?? [];
  if (name === undefined) {
    const problem = 'is not a variable that can be read';
    return { ok: false, problem, expected: '$NAME, $NAME[INDEX] or $NAME[@ITERATOR], NAME of letters, digits and _' };
  }
  const number = Number(digits);
  if (brackets === undefined) return { ok: true, access: { kind: 'iterator', name, iterator: 0 } };
  if (at === undefined) {
    return number <= maxIndex
      ? { ok: true, access: { kind: 'element', name, index: number } }
      : { ok: false, problem: 'has too large an index', expected: `an index from 0 to ${maxIndex}` };
  }
  return number <= maxIterator
    ? { ok: true, access: { kind: 'iterator', name, iterator: number } }
    : { ok: false, problem: 'has too large an iterator', expected: `an iterator from 0 to ${maxIterator}` };
}
