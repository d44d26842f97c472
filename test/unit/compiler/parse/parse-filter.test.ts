import { describe, expect, it } from 'vitest';
import { parseFilter } from '../../../../main/compiler/parse/parse-filter.ts';

/** Findings as `LINE:COLUMN[+LENGTH] CODE`, warnings with a question mark. */
function findings(text: string): readonly string[] {
  const result = parseFilter(text, 'f.xml');
  return (result.ok ? result.warnings : result.diagnostics).map(
    ({ span, code, severity }) =>
      `${span.line}:${span.column}+${span.length} ${code}${severity === 'warning' ? '?' : ''}`,
  );
}

const inFilter = (content: string) => `<filter name='f'>\n${content}</filter>`;
const inRule = (content: string) => inFilter(`<rule action='drop' direction='in'>\n${content}</rule>`);

describe('parseFilter', () => {
  it('reads a whole filter', () => {
    const text = `<filter name='web &amp; ssh' chain='ipv4-x' priority='-650'>
  <uuid>
    0348B5F1-4efd-44d9-8ffe-bf4b3ec138cb
  </uuid>
  <!-- no rule -->
  <rule action='reject' direction='inout' priority='-5' statematch='False'>
    <ip match='no' srcipaddr='10.0.0.0' protocol='tcp'/>
    <ip match='yes' srcipmask='255.0.0.0' dstportstart='$PORTS[1]' comment='web'/>
  </rule>
  <rule action='accept' direction='out'/>
  <filterref filter='clean-traffic'>
    <parameter name='IP' value='10.0.0.1'/>
    <parameter name='MAC2' value='52:54:00:12:34:56'/>
    <parameter name='IP' value='10.0.0.2'/>
  </filterref>
</filter>`;
    const at = (line: number, column: number, length: number) => ({ file: 'web.xml', line, column, length });

    expect(parseFilter(text, 'web.xml')).toEqual({
      ok: true,
      warnings: [],
      value: {
        name: 'web & ssh',
        uuid: '0348b5f1-4efd-44d9-8ffe-bf4b3ec138cb',
        chain: 'ipv4-x',
        priority: -650,
        prioritySpecified: true,
        span: at(1, 1, 7),
        entries: [
          {
            kind: 'rule',
            action: 'reject',
            direction: 'inout',
            priority: -5,
            statematch: false,
            protocol: 'ip',
            attributes: [
              { name: 'srcipaddr', negated: true, value: { kind: 'ipv4', value: 0x0a000000n }, span: at(7, 31, 8) },
              { name: 'protocol', negated: true, value: { kind: 'number', value: 6, hex: false }, span: at(7, 51, 3) },
              { name: 'srcipmask', negated: true, value: { kind: 'prefix', length: 8 }, span: at(8, 32, 9) },
              {
                name: 'dstportstart',
                negated: false,
                value: { kind: 'variable', access: { kind: 'element', name: 'PORTS', index: 1 } },
                span: at(8, 57, 9),
              },
              { name: 'comment', negated: false, value: { kind: 'text', value: 'web' }, span: at(8, 77, 3) },
            ],
            span: at(6, 3, 5),
          },
          {
            kind: 'rule',
            action: 'accept',
            direction: 'out',
            priority: 500,
            statematch: true,
            protocol: undefined,
            attributes: [],
            span: at(10, 3, 5),
          },
          {
            kind: 'filterref',
            filter: 'clean-traffic',
            parameters: { IP: ['10.0.0.1', '10.0.0.2'], MAC2: ['52:54:00:12:34:56'] },
            span: at(11, 3, 10),
          },
        ],
      },
    });
  });

  it.each([
    ['root', 0],
    ['mac', -800],
    ['vlan-x', -750],
    ['stp', -810],
    ['arp-xyz', -500],
    ['rarpx', -400],
    ['ipv4', -700],
    ['ipv6.a:b_c-d', -600],
  ])('gives chain %s the priority %i', (chain, priority) => {
    const result = parseFilter(`<filter name='f' chain='${chain}'/>`, 'f.xml');
    expect(result).toMatchObject({ ok: true, value: { chain, priority, prioritySpecified: false } });
  });

  it.each([
    ['no chain', '', 'root'],
    ['an empty chain and priority', "chain='' priority=''", 'root'],
  ])('takes %s for root', (_, attributes, chain) => {
    const result = parseFilter(`<filter name='f' ${attributes}/>`, 'f.xml');
    expect(result).toMatchObject({ ok: true, value: { chain, priority: 0 }, warnings: [] });
  });

  it('takes every way to write statematch', () => {
    const matches = ['0', 'false', 'FALSE', '1', 'true', 'True'].map((word) => {
      const result = parseFilter(inFilter(`<rule action='drop' direction='in' statematch='${word}'/>`), 'f.xml');
      return result.ok && result.value.entries[0]?.kind === 'rule' ? result.value.entries[0].statematch : word;
    });
    expect(matches).toEqual([false, false, false, true, true, true]);
  });

  it('reads the documented names of STP attributes under the names of the schema', () => {
    const result = parseFilter(inRule("<stp msg-age='1' msg-age-hi='2' port_hi='3' port='1'/>"), 'f.xml');
    const names = ['age', 'age-hi', 'port-hi', 'port'].map((name) => expect.objectContaining({ name }));
    expect(result).toMatchObject({ ok: true, value: { entries: [{ attributes: names }] }, warnings: [] });
  });

  it('takes all parameter names, those of JavaScript too', () => {
    const result = parseFilter(
      inFilter("<filterref filter='x'><parameter name='__proto__' value='1'/></filterref>"),
      'f.xml',
    );
    const [reference] = result.ok ? result.value.entries : [];
    expect(reference?.kind === 'filterref' && Object.entries(reference.parameters)).toEqual([['__proto__', ['1']]]);
  });

  it.each([
    ['another root', '<network/>', ['1:1+8 root-element']],
    ['no name', '<filter/>', ['1:1+7 missing-attribute']],
    ['an empty name', "<filter name=''/>", ['1:15+0 bad-name']],
    ['a slash in the name', "<filter name='a/b'/>", ['1:15+3 bad-name']],
    ['a name that starts with a dot', "<filter name='.a'/>", ['1:15+2 bad-name']],
    ['a name that starts with a dash', "<filter name='-a'/>", ['1:15+2 bad-name']],
    ['a control character in the name', "<filter name='a&#9;'/>", ['1:15+5 bad-name']],
    ['a name that is too long', `<filter name='${'x'.repeat(129)}'/>`, ['1:15+129 bad-name']],
    ['a name of too many bytes', `<filter name='${'\u4e2d'.repeat(81)}'/>`, ['1:15+81 bad-name']],
    ['a UUID that is none', inFilter('<uuid>12</uuid>'), ['2:7+2 bad-uuid']],
    ['a chain with an unknown prefix', "<filter name='f' chain='tcp'/>", ['1:25+3 bad-chain']],
    ['a chain that only starts with root', "<filter name='f' chain='rootx'/>", ['1:25+5 bad-chain']],
    ['a chain that is too long', "<filter name='f' chain='arp-234567890'/>", ['1:25+13 bad-chain']],
    ['a character that chains cannot have', "<filter name='f' chain='arp x'/>", ['1:25+5 bad-chain']],
    ['a chain priority out of range', "<filter name='f' chain='arp' priority='1001'/>", ['1:40+4 bad-value']],
    [
      'a rule without action and direction',
      inFilter('<rule/>'),
      ['2:1+5 missing-attribute', '2:1+5 missing-attribute'],
    ],
    ['an unknown action', inFilter("<rule action='DROP' direction='in'/>"), ['2:15+4 bad-value']],
    ['an unknown direction', inFilter("<rule action='drop' direction='both'/>"), ['2:32+4 bad-value']],
    [
      'a rule priority out of range',
      inFilter("<rule action='drop' direction='in' priority='-1001'/>"),
      ['2:46+5 bad-value'],
    ],
    [
      'a rule priority that is no number',
      inFilter("<rule action='drop' direction='in' priority='5x'/>"),
      ['2:46+2 bad-value'],
    ],
    ['an odd statematch', inFilter("<rule action='drop' direction='in' statematch='no'/>"), ['2:48+2 bad-value']],
    ['an unknown protocol', inRule('<icmp6/>'), ['3:1+6 unknown-element']],
    ['a second protocol', inRule('<tcp/><tcp/><udp/>'), ['3:13+4 second-protocol']],
    ['a match that is neither yes nor no', inRule("<ip match='false'/>"), ['3:12+5 bad-value']],
    ['a malformed variable', inRule("<ip srcipaddr='$IP[x]'/>"), ['3:16+6 bad-variable']],
    ['an attribute twice', inRule("<ip dscp='1'/><ip match='no' dscp='2'/>"), ['3:30+4 duplicate-attribute']],
    ['an attribute under two of its names', inRule("<stp age='1' msg-age='2'/>"), ['3:14+7 duplicate-attribute']],
    ['ports without protocol', inRule("<ip srcportstart='1'/>"), ['3:19+1 requires-protocol']],
    [
      'ports of a protocol without ports',
      inRule("<ip protocol='icmp' dstportstart='1'/>"),
      ['3:35+1 requires-protocol'],
    ],
    ['ports of a variable protocol', inRule("<ipv6 protocol='$P' dstportstart='1'/>"), ['3:35+1 requires-protocol']],
    ['an ICMPv6 type without protocol', inRule("<ipv6 type='1'/>"), ['3:13+1 requires-protocol']],
    ['only what is wrong with a protocol', inRule("<ip protocol='x' dstportstart='1'/>"), ['3:15+1 bad-value']],
    ['a reference to nothing', inFilter('<filterref/>'), ['2:1+10 missing-attribute']],
    ['a reference to no name', inFilter("<filterref filter='../f'/>"), ['2:20+4 bad-name']],
    [
      'parameters without name or value',
      inFilter("<filterref filter='x'><parameter/></filterref>"),
      ['2:23+10 missing-attribute', '2:23+10 missing-attribute'],
    ],
    [
      'a parameter with a name or value of other characters',
      inFilter("<filterref filter='x'><parameter name='A-B' value='1,2'/></filterref>"),
      ['2:40+3 bad-parameter', '2:52+3 bad-parameter'],
    ],
    ['broken XML', inFilter('<rule>'), ['2:7+9 xml-syntax']],
  ])('refuses %s', (_, text, places) => {
    expect(findings(text)).toEqual(places);
    expect(parseFilter(text, 'f.xml').ok).toBe(false);
  });

  it.each([
    ['an unknown attribute', inRule("<ip srcipadr='10.0.0.1'/>"), ['3:5+8 unknown-attribute?']],
    [
      'an unknown attribute of a rule',
      inFilter("<rule action='drop' direction='in' prio='1'/>"),
      ['2:36+4 unknown-attribute?'],
    ],
    ['an unknown attribute of a filter', "<filter name='f' class='a'/>", ['1:18+5 unknown-attribute?']],
    ['an unknown element', inFilter('<description>x</description>'), ['2:1+12 unknown-element?']],
    ['an element in a protocol', inRule('<ip><x/></ip>'), ['3:5+2 unknown-element?']],
    [
      'an unknown element in a reference',
      inFilter("<filterref filter='x'><x/></filterref>"),
      ['2:23+2 unknown-element?'],
    ],
    ['a rule of another namespace', inFilter("<x:rule xmlns:x='urn:x'/>"), ['2:1+7 foreign-element?']],
    ['a comment that is too long', inRule(`<ip comment='${'x'.repeat(257)}'/>`), ['3:14+257 long-comment?']],
    ['a priority without chain', "<filter name='f' priority='1'/>", ['1:18+8 no-effect?']],
    ['an end of ports without start', inRule("<tcp dstportend='80'/>"), ['3:18+2 no-effect?']],
    ['a mask without address', inRule("<ip srcipmask='8'/>"), ['3:16+1 no-effect?']],
    ['an ICMP code without type', inRule("<icmp code='0'/>"), ['3:13+1 no-effect?']],
    ['flags without ipset', inRule("<tcp ipsetflags='src'/>"), ['3:18+3 no-effect?']],
    ['ports that end before they start', inRule("<tcp dstportstart='9' dstportend='8'/>"), ['3:35+1 reversed-range?']],
    [
      'addresses that end before they start',
      inRule("<tcp srcipfrom='1.0.0.2' srcipto='1.0.0.1'/>"),
      ['3:35+7 reversed-range?'],
    ],
  ])('warns of %s', (_, text, places) => {
    expect(findings(text)).toEqual(places);
    expect(parseFilter(text, 'f.xml').ok).toBe(true);
  });

  it.each([
    [
      'namespaces and foreign metadata',
      "<filter name='f' xmlns:m='urn:m' m:x='1'>\n<m:note xmlns='urn:n'><y/></m:note></filter>",
    ],
    ['any one of the ends of ICMPv6 ranges', inRule("<ipv6 protocol='icmpv6' codeend='3'/>")],
    ['ports of DCCP', inRule("<ip protocol='33' match='no' dstportstart='1'/>")],
    ['a mask beside an unreadable address, which is what is reported', inRule("<ip srcipaddr='x' srcipmask='8'/>")],
  ])('says nothing of %s', (_, text) => {
    expect(findings(text).filter((finding) => !finding.endsWith('bad-value'))).toEqual([]);
  });

  it('reports everything that is wrong, in the order of the text', () => {
    const text = inFilter("<rule direction='in'><ip dscp='64' srcipaddr='1'/></rule><filterref/>").replace("'f'", "''");
    expect(findings(text)).toEqual([
      '1:15+0 bad-name',
      '2:1+5 missing-attribute',
      '2:32+2 bad-value',
      '2:47+1 bad-value',
      '2:58+10 missing-attribute',
    ]);
  });

  it('suggests the name that was probably meant', () => {
    expect(parseFilter(inRule("<ip srcipadr='10.0.0.1'/>"), 'f.xml')).toMatchObject({
      warnings: [
        {
          filter: 'f',
          found: 'srcipadr',
          expected: 'srcipaddr',
          message: expect.stringContaining('Did you mean srcipaddr?'),
        },
      ],
    });
  });
});
