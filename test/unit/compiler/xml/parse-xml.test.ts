import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseXml } from '../../../../main/compiler/xml/parse-xml.ts';
import type { XmlElement } from '../../../../main/compiler/xml/xml-element.ts';
import { xmlLimits } from '../../../../main/compiler/xml/xml-limits.ts';

function refusal(text: string): string {
  const result = parseXml(text, 'a.xml');
  if (result.ok) return 'accepted';
  expect(result.diagnostics).toHaveLength(1);
  const [finding] = result.diagnostics;
  return `${finding?.span.line}:${finding?.span.column} ${finding?.code}`;
}

describe('parseXml', () => {
  it('finds the places of elements, attributes, values and text', () => {
    const result = parseXml(
      '<?xml version="1.0"?>\r\n<a  b = \'1&lt;\'\r\n\tc="x&#10;y\nz">\n  <d/> t&amp;t<!-- no --> u</a>',
      'a.xml',
    );

    const at = (line: number, column: number, length: number) => ({ file: 'a.xml', line, column, length });
    expect(result).toEqual({
      ok: true,
      warnings: [],
      value: {
        name: 'a',
        span: at(2, 1, 2),
        attributes: [
          { name: 'b', value: '1<', span: at(2, 5, 1), valueSpan: at(2, 10, 5) },
          { name: 'c', value: 'x\ny z', span: at(3, 2, 1), valueSpan: at(3, 5, 9) },
        ],
        children: [{ name: 'd', span: at(5, 3, 2), attributes: [], children: [], text: '', textSpan: at(5, 8, 7) }],
        text: 't&t u',
        textSpan: at(5, 3, 0),
      },
    });
  });

  it('takes CDATA as it stands', () => {
    expect(parseXml('<a>x<![CDATA[<&lt;]]></a>', 'a.xml')).toMatchObject({ ok: true, value: { text: 'x<&lt;' } });
  });

  it('leaves a byte order mark out of the columns', () => {
    expect(parseXml('\uFEFF<a/>', 'a.xml')).toMatchObject({ value: { span: { line: 1, column: 1 } } });
  });

  it.each([
    ['nothing', '', '1:1 xml-syntax'],
    ['text alone', 'x', '1:1 xml-syntax'],
    ['an element that is never closed', '<a>\n<b></b>', '2:8 xml-syntax'],
    ['a wrong end tag', '<a>\n  <b></a>', '2:6 xml-syntax'],
    ['an end tag too many', '<a></a></b>', '1:8 xml-syntax'],
    ['a value without quotes', '<a b=1/>', '1:6 xml-syntax'],
    ['an attribute without value', '<a b/>', '1:5 xml-syntax'],
    ['an attribute twice', "<a b='1'\n b='2'/>", '2:2 xml-syntax'],
    ['attributes that touch', "<a b='1'c='2'/>", '1:9 xml-syntax'],
    ['a bracket in a value', '<a b="<"/>', '1:7 xml-syntax'],
    ['two roots', '<a/><b/>', '1:7 xml-syntax'],
    ['text after the root', '<a/>x', '1:5 xml-syntax'],
    ['a control character', '<a>\u0000</a>', '1:4 xml-syntax'],
    ['half a surrogate pair', '<a>\uD800</a>', '1:1 xml-syntax'],
    [']]> in text', '<a>]]></a>', '1:6 xml-syntax'],
    ['-- in a comment', '<a><!-- -- --></a>', '1:11 xml-syntax'],
    ['a DOCTYPE', '<!DOCTYPE a><a/>', '1:1 xml-doctype'],
    ['an entity of its own', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', '1:1 xml-doctype'],
    ['an external entity', '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', '1:1 xml-doctype'],
    ['an unknown entity', '<a>&nbsp;</a>', '1:4 xml-entity'],
    ['an entity that objects have anyway', '<a>&constructor;</a>', '1:4 xml-entity'],
    ['a reference to no character', '<a>&#0;</a>', '1:4 xml-entity'],
    ['a bare ampersand', '<a>\n & </a>', '2:2 xml-entity'],
    ['a bare ampersand before a good reference', '<a> x & y &amp; </a>', '1:7 xml-entity'],
    ['a bare ampersand in a value', "<a b='x & y'/>", '1:9 xml-entity'],
    ['an end of text after an ampersand in a comment', '<a><!-- & -->', '1:14 xml-syntax'],
    ['a processing instruction', '<?xml-stylesheet href="x"?><a/>', '1:1 xml-processing-instruction'],
    ['XML 1.1', "<?xml version='1.1'?><a/>", '1:1 xml-declaration'],
    ['another encoding', "<?xml version='1.0' encoding='latin1'?><a/>", '1:1 xml-declaration'],
    ['a name that is a trap in JavaScript', "<a __proto__='1'/>", '1:1 xml-mismatch'],
  ])('refuses %s', (_, text, place) => {
    expect(refusal(text)).toBe(place);
  });

  it('says where an element was opened that is not closed', () => {
    expect(parseXml('<a>\n <b>\n</a>', 'a.xml')).toMatchObject({
      diagnostics: [{ found: '</a>', expected: '</b>', notes: [{ span: { line: 2, column: 2, length: 2 } }] }],
    });
  });

  describe('limits', () => {
    const nested = (depth: number) => '<a>'.repeat(depth) + '</a>'.repeat(depth);
    const siblings = (count: number) => `<a>${'<b/>'.repeat(count - 1)}</a>`;
    const attributes = (count: number) => `<a ${Array.from({ length: count }, (_, i) => `b${i}=''`).join(' ')}/>`;
    const value = (length: number) => `<a b='${'x'.repeat(length)}'/>`;
    const padded = (length: number) => `<a>${' '.repeat(length - 7)}</a>`;

    it.each([
      ['text', padded, xmlLimits.text],
      ['depth', nested, xmlLimits.depth],
      ['elements', siblings, xmlLimits.elements],
      ['attributes of an element', attributes, xmlLimits.attributes],
      ['length of a value', value, xmlLimits.attributeValue],
    ])('holds the %s to the limit', (_, make, limit) => {
      expect(refusal(make(limit))).toBe('accepted');
      expect(refusal(make(limit + 1))).toMatch(/xml-limit$/);
    });
  });

  it('reads back every tree that is written', () => {
    interface Tree {
      readonly name: string;
      readonly attributes: Readonly<Record<string, string>>;
      readonly children: readonly Tree[];
    }
    const name = fc.constantFrom('a', 'rule', 'tcp-ipv6', 'x.y', '_1', 'n:s');
    const text = fc.string({
      unit: fc.constantFrom('a', ' ', '<', '>', '&', '"', "'", '\n', '\t', '\u00e9', '\u{1f600}', ';', '#'),
    });
    const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
      tree: fc.record({
        name,
        attributes: fc.dictionary(name, text, { maxKeys: 3 }),
        children: fc.oneof({ maxDepth: 4 }, fc.constant([]), fc.array(tie('tree'), { maxLength: 3 })),
      }),
    }));
    const reference = (value: string) =>
      value.replace(/[<>&'"\n\t]/g, (character) => `&#x${character.charCodeAt(0).toString(16)};`);
    const write = ({ name, attributes, children }: Tree): string => {
      const written = Object.entries(attributes).map(([key, value]) => ` ${key}='${reference(value)}'`);
      return `<${name}${written.join('')}>${children.map(write).join('')}</${name}>`;
    };
    const plain = ({ name, attributes, children }: XmlElement): Tree => ({
      name,
      attributes: Object.fromEntries(attributes.map((attribute) => [attribute.name, attribute.value])),
      children: children.map(plain),
    });
    fc.assert(
      fc.property(tree, (written) => {
        const result = parseXml(write(written), 'a.xml');
        expect(result.ok && plain(result.value)).toEqual({ ...written, attributes: { ...written.attributes } });
      }),
    );
  });

  it('never throws, whatever the text', { timeout: 60_000 }, () => {
    const token = fc.constantFrom(
      '<',
      '>',
      '/',
      'a',
      '=',
      "'",
      '"',
      '&',
      ';',
      '#',
      'x',
      '!',
      '--',
      '[CDATA[',
      ']]>',
      '?',
      'xml',
      ' ',
      '\r',
    );
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: token, maxLength: 40 })), (text) => {
        parseXml(text, 'a.xml');
        parseXml(`<a>${text}</a>`, 'a.xml');
        parseXml(`<a ${text}/>`, 'a.xml');
      }),
      { numRuns: 1000 },
    );
  });
});
