import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PlaceInXml, placeInXml } from '../../../../../renderer/features/filters/language/place-in-xml.ts';

/** The place at `|`. */
function at(marked: string): PlaceInXml | undefined {
  const position = marked.indexOf('|');
  return placeInXml(marked.replace('|', ''), position);
}

const inRule = { parents: ['filter', 'rule'] };

describe('a place in XML', () => {
  it.each<readonly [marked: string, place: object | undefined]>([
    ['|', { kind: 'text', parents: [] }],
    ['<|', { kind: 'element', parents: [], from: 1, typed: '' }],
    ['<fil|', { kind: 'element', parents: [], from: 1, typed: 'fil' }],
    ['<filter><ru|', { kind: 'element', parents: ['filter'], typed: 'ru' }],
    ['<filter><rule><t|cp/></rule></filter>', { kind: 'element', ...inRule, typed: 't' }],
    ['<filter><uuid>x</uuid><|', { kind: 'element', parents: ['filter'] }],
    ['<filter><filterref filter="a"/><|', { kind: 'element', parents: ['filter'] }],
    ['<filter><rule></|', { kind: 'closing', element: 'rule', typed: '' }],
    ['<filter><rule></ru|', { kind: 'closing', element: 'rule', typed: 'ru' }],
    ['</|', undefined],
    ['<filter |', { kind: 'attribute', element: 'filter', present: [], typed: '' }],
    ["<filter name='a' ch|", { kind: 'attribute', present: ['name'], typed: 'ch' }],
    ["<filter name='a'|", undefined],
    ["<filter\n  name = 'a'\n  |", { kind: 'attribute', present: ['name'] }],
    ["<filter name='|", { kind: 'value', element: 'filter', attribute: 'name', typed: '' }],
    ['<rule action="dr|op">', { kind: 'value', element: 'rule', attribute: 'action', typed: 'dr' }],
    ["<tcp srcipaddr='$I|", { kind: 'value', attribute: 'srcipaddr', typed: '$I' }],
    ['<filter>text |', { kind: 'text', parents: ['filter'] }],
    ['<!-- <rule |', undefined],
    ['<!-- x --><|', { kind: 'element', parents: [] }],
    ['<?xml version="1.0"?>\n<|', { kind: 'element', parents: [] }],
    ['<?xml |', undefined],
    ['<![CDATA[ <rule |', undefined],
    ["<filter name='a>b'><|", { kind: 'element', parents: ['filter'] }],
    ['<filter =  x ="y" |', { kind: 'attribute', element: 'filter', present: ['x'] }],
    ['a < b |', { kind: 'text', parents: [] }],
  ])('%j', (marked, place) => {
    if (place === undefined || !('kind' in place)) {
      const found = at(marked);
      expect(found === undefined || found.kind === 'text').toBe(true);
    } else expect(at(marked)).toMatchObject(place);
  });

  it('is found in any text without an end', () => {
    const pieces = fc.constantFrom('<', '>', '/', '=', '"', "'", 'a', ' ', '!--', '-->', '?', ']]>', '![CDATA[', '\n');
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 40 }), fc.nat(60), (parts, position) => {
        placeInXml(parts.join(''), position);
      }),
      { numRuns: 2000 },
    );
  });
});
