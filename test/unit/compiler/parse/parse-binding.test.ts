import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseBinding } from '../../../../main/compiler/parse/parse-binding.ts';
import { printBinding } from '../../../../main/compiler/parse/print-binding.ts';
import type { Binding } from '../../../../shared/nwfilter/binding.ts';
import { withoutSpans } from './without-spans.ts';

const whole = `<filterbinding>
  <owner>
    <name>web &lt;1&gt;</name>
    <uuid>0348b5f1-4efd-44d9-8ffe-bf4b3ec138cb</uuid>
  </owner>
  <portdev name='vnet0'/>
  <mac address='52:54:00:01:02:03'/>
  <filterref filter='clean-traffic'>
    <parameter name='IP' value='10.0.0.1'/>
    <parameter name='IP' value='10.0.0.2'/>
  </filterref>
</filterbinding>
`;

function findings(text: string): readonly string[] {
  const result = parseBinding(text, 'b.xml');
  return (result.ok ? result.warnings : result.diagnostics).map(
    ({ span, code, severity }) =>
      `${span.line}:${span.column}+${span.length} ${code}${severity === 'warning' ? '?' : ''}`,
  );
}

const withFilter = (content: string) => `<filterbinding>${content}\n<filterref filter='f'/></filterbinding>`;

describe('parseBinding', () => {
  it('reads a whole binding', () => {
    expect(parseBinding(whole, 'b.xml')).toEqual({
      ok: true,
      warnings: [],
      value: {
        device: 'vnet0',
        mac: 0x525400010203n,
        owner: { name: 'web <1>', uuid: '0348b5f1-4efd-44d9-8ffe-bf4b3ec138cb' },
        filter: 'clean-traffic',
        parameters: { IP: ['10.0.0.1', '10.0.0.2'] },
        span: { file: 'b.xml', line: 1, column: 1, length: 14 },
      },
    });
  });

  it('can do without owner and MAC address', () => {
    const result = parseBinding(withFilter("<portdev name='tap-1.2_3'/>"), 'b.xml');
    expect(result).toMatchObject({
      ok: true,
      value: { device: 'tap-1.2_3', mac: undefined, filter: 'f', parameters: {} },
    });
    expect(result.ok && 'owner' in result.value).toBe(false);
  });

  it.each([
    ['another root', '<filter/>', ['1:1+7 root-element']],
    ['nothing in it', '<filterbinding/>', ['1:1+14 missing-element', '1:1+14 missing-element']],
    ['a device without name', withFilter('<portdev/>'), ['1:16+8 missing-element']],
    ['a path for a device', withFilter("<portdev name='../x'/>"), ['1:31+4 bad-name']],
    ['a device name of dots', withFilter("<portdev name='..'/>"), ['1:31+2 bad-name']],
    ['a device name like an option', withFilter("<portdev name='-j'/>"), ['1:31+2 bad-name']],
    ['a device name that is too long', withFilter("<portdev name='abcdefghijklmnop'/>"), ['1:31+16 bad-name']],
    ['a device twice', withFilter("<portdev name='a'/><portdev name='b'/>"), ['1:35+8 duplicate-element']],
    ['a MAC element without address', withFilter("<portdev name='a'/><mac/>"), ['1:35+4 missing-attribute']],
    ['a MAC address that is none', withFilter("<portdev name='a'/><mac address='x'/>"), ['1:49+1 bad-value']],
    ['an empty owner', withFilter("<portdev name='a'/><owner/>"), ['1:35+6 missing-element', '1:35+6 missing-element']],
    [
      'a bad UUID of the owner',
      withFilter("<portdev name='a'/><owner><name>o</name><uuid>x</uuid></owner>"),
      ['1:62+1 bad-uuid'],
    ],
    [
      'a bad filter name',
      "<filterbinding><portdev name='a'/><filterref filter='/'/></filterbinding>",
      ['1:54+1 bad-name'],
    ],
    ['a DOCTYPE', '<!DOCTYPE x><filterbinding/>', ['1:1+9 xml-doctype']],
  ])('refuses %s', (_, text, places) => {
    expect(findings(text)).toEqual(places);
    expect(parseBinding(text, 'b.xml').ok).toBe(false);
  });

  it.each([
    ['an unknown element', withFilter("<portdev name='a'/><x/>"), ['1:35+2 unknown-element?']],
    ['an unknown attribute', withFilter("<portdev name='a' type='tap'/>"), ['1:34+4 unknown-attribute?']],
    ['a link device', withFilter("<portdev name='a'/><linkdev name='eth0'/>"), ['1:35+8 no-effect?']],
  ])('warns of %s', (_, text, places) => {
    expect(findings(text)).toEqual(places);
    expect(parseBinding(text, 'b.xml').ok).toBe(true);
  });
});

describe('printBinding', () => {
  it('writes what virsh nwfilter-binding-dumpxml does', () => {
    const result = parseBinding(whole, 'b.xml');
    expect(result.ok && printBinding(result.value)).toBe(whole);
  });

  it('writes every binding so that it reads back the same, places aside', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'B', '<', '&', "'", '\u00e9'), minLength: 1, maxLength: 8 });
    const arbitrary: fc.Arbitrary<Binding> = fc.record(
      {
        device: fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_.-]{0,14}$/),
        mac: fc.option(fc.bigInt({ min: 0n, max: 0xffffffffffffn }), { nil: undefined }),
        owner: fc.record({ name: text, uuid: fc.uuid() }),
        adoptedBy: text,
        filter: text,
        parameters: fc.dictionary(
          fc.stringMatching(/^[A-Za-z0-9_]{1,5}$/),
          fc.array(fc.constantFrom('1', 'a:b', 'x.y'), { minLength: 1 }),
        ),
        span: fc.constant({ file: 'b.xml', line: 1, column: 1, length: 14 }),
      },
      { requiredKeys: ['device', 'mac', 'filter', 'parameters', 'span'] },
    );
    fc.assert(
      fc.property(arbitrary, (binding) => {
        const result = parseBinding(printBinding(binding), 'b.xml');
        expect(result.ok ? withoutSpans(result.value) : result.diagnostics).toEqual(withoutSpans(binding));
      }),
    );
  });
});
