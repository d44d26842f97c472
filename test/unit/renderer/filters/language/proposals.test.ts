import { describe, expect, it } from 'vitest';
import { parseFilter } from '../../../../../main/compiler/parse/parse-filter.ts';
import { explainAttribute, explainElement } from '../../../../../renderer/features/filters/language/explain.ts';
import { placeInXml } from '../../../../../renderer/features/filters/language/place-in-xml.ts';
import {
  attributesOf,
  ownElements,
  proposalsAt,
  variablesIn,
} from '../../../../../renderer/features/filters/language/proposals.ts';
import { wordAt } from '../../../../../renderer/features/filters/language/word-at.ts';
import { protocols } from '../../../../../shared/nwfilter/protocols.ts';

const library = { filters: ['clean-traffic', 'no-mac-spoofing'], variables: ['IP', 'MAC'] };
const labels = (text: string) => proposalsAt(placeInXml(text, text.length), library).map(({ label }) => label);

describe('what is proposed', () => {
  it.each([
    ['at the beginning', '<', ['filter']],
    ['in a filter', '<filter><', ['rule', 'filterref', 'uuid']],
    ['in a rule', '<filter><rule><', Object.keys(protocols)],
    ['in a reference', '<filter><filterref><', ['parameter']],
    ['in a protocol', '<filter><rule><tcp><', []],
    ['where an element is closed', '<filter><rule></', ['rule']],
    ['in a rule’s tag', "<filter><rule action='drop' ", ['direction', 'priority', 'statematch']],
    ['for an action', "<filter><rule action='", ['accept', 'drop', 'reject', 'return', 'continue']],
    ['for a direction', "<filter><rule direction='", ['in', 'out', 'inout']],
    ['for a filter to take in', "<filter><filterref filter='", ['clean-traffic', 'no-mac-spoofing']],
    ['for match', "<filter><rule><tcp match='", ['yes', 'no']],
    ['for an address', "<filter><rule><ip srcipaddr='", ['$IP', '$MAC']],
    ['for a truth', "<filter><rule><arp gratuitous='", ['true', 'false', '$IP', '$MAC']],
    ['for a state', "<filter><rule><tcp state='", ['NONE', 'NEW', 'ESTABLISHED', 'RELATED', 'INVALID', '$IP', '$MAC']],
    ['for a comment', "<filter><rule><tcp comment='", []],
    ['in an element of another language', '<domain ', []],
  ])('%s', (_, text, expected) => {
    expect(labels(text)).toEqual(expected);
  });

  it('leaves out what the element has already', () => {
    expect(labels("<filter><rule><tcp dstportstart='25' ")).not.toContain('dstportstart');
    expect(labels("<filter><rule><tcp dstportstart='25' ")).toContain('dstportend');
  });

  it('knows the variables of the text, and those of every NIC', () => {
    expect(variablesIn("<ip srcipaddr='$NET' dstipaddr='$NET[2]'/>")).toEqual(['IP', 'MAC', 'NET']);
  });
});

const names = [...Object.keys(ownElements), ...Object.keys(protocols)];

describe('the vocabulary', () => {
  it.each(names)('<%s> is explained, and so is each of its attributes', (element) => {
    expect(explainElement(element)?.meaning).toMatch(/\.$/);
    for (const attribute of attributesOf(element)) {
      expect([attribute, explainAttribute(element, attribute)?.meaning]).toEqual([
        attribute,
        expect.stringMatching(/\.$/),
      ]);
    }
  });

  it.each(Object.keys(protocols))(
    'every attribute that is proposed for <%s> is one that the parser knows',
    (protocol) => {
      const codes = (attribute: string) => {
        const text = `<filter name='f'><rule action='drop' direction='in'><${protocol} ${attribute}='?'/></rule></filter>`;
        const parsed = parseFilter(text, 'f.xml');
        return (parsed.ok ? parsed.warnings : parsed.diagnostics).map(({ code }) => code);
      };
      expect(codes('no-such')).toContain('unknown-attribute');
      for (const attribute of attributesOf(protocol)) expect(codes(attribute)).not.toContain('unknown-attribute');
    },
  );

  it('says nothing of what is not in it', () => {
    expect(explainElement('domain')).toBeUndefined();
    expect(explainElement('constructor')).toBeUndefined();
    expect(explainAttribute('tcp', 'constructor')).toBeUndefined();
  });
});

describe('the word at a position', () => {
  it.each([
    ['<tcp dst|portstart', 'dstportstart'],
    ["'|$IP'", '$IP'],
    ['tcp|-ipv6', 'tcp-ipv6'],
    ['< | >', undefined],
  ])('of %j is %j', (marked, word) => {
    expect(wordAt(marked.replace('|', ''), marked.indexOf('|'))?.text).toBe(word);
  });
});
