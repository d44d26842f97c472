import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseFilter } from '../../../../main/compiler/parse/parse-filter.ts';
import { printFilter } from '../../../../main/compiler/parse/print-filter.ts';
import { arbitraryFilterDocument } from './arbitrary-filter-document.ts';
import { withoutSpans } from './without-spans.ts';

function reprint(text: string): string {
  const result = parseFilter(text, 'f.xml');
  return result.ok ? printFilter(result.value) : JSON.stringify(result.diagnostics);
}

describe('printFilter', () => {
  it('writes what virsh nwfilter-dumpxml does', () => {
    const text = `<filter name="web" chain="ipv4"><uuid>0348b5f1-4efd-44d9-8ffe-bf4b3ec138cb</uuid>
      <rule action="accept" direction="in" statematch="0">
        <tcp dstportend="0x1BB" dstportstart="80" srcipaddr="10.0.0.0" match="no" srcipmask="255.0.0.0"/>
        <tcp comment="it's" state="established,new" flags="syn,ack/syn" dscp="0x2E"/>
      </rule>
      <rule action="drop" direction="inout" priority="1000"/>
      <rule action="drop" direction="out"><ip protocol="17" dstipaddr="$IP[@0]" srcipaddr="$IP[@2]"/></rule>
      <rule action="drop" direction="out"><mac/></rule>
      <filterref filter="allow-arp"/>
      <filterref filter="clean-traffic"><parameter name="IP" value="10.0.0.2"/><parameter name="A" value="x"/><parameter name="IP" value="10.0.0.1"/></filterref>
    </filter>`;

    expect(reprint(text)).toBe(`<filter name='web' chain='ipv4' priority='-700'>
  <uuid>0348b5f1-4efd-44d9-8ffe-bf4b3ec138cb</uuid>
  <rule action='accept' direction='in' priority='500' statematch='false'>
    <tcp match='no' srcipaddr='10.0.0.0' srcipmask='8'/>
    <tcp dscp='0x2e' state='NEW,ESTABLISHED'/>
    <tcp match='no' dstportstart='80' dstportend='0x1bb'/>
    <tcp flags='SYN,ACK/SYN' comment='it&apos;s'/>
  </rule>
  <rule action='drop' direction='inout' priority='1000'/>
  <rule action='drop' direction='out' priority='500'>
    <ip srcipaddr='$IP[@2]' dstipaddr='$IP' protocol='udp'/>
  </rule>
  <rule action='drop' direction='out' priority='500'>
    <mac/>
  </rule>
  <filterref filter='allow-arp'/>
  <filterref filter='clean-traffic'>
    <parameter name='A' value='x'/>
    <parameter name='IP' value='10.0.0.2'/>
    <parameter name='IP' value='10.0.0.1'/>
  </filterref>
</filter>
`);
  });

  it.each([
    ['leaves out the priority of root', "chain='root'", "chain='root'"],
    ['writes a priority of root that was given', "chain='root' priority='5'", "chain='root' priority='5'"],
    ['writes the default of a chain', "chain='arp-x'", "chain='arp-x' priority='-500'"],
    ['writes a 0 that is not the default', "chain='arp' priority='0'", "chain='arp' priority='0'"],
    ['writes root where no chain was given', '', "chain='root'"],
  ])('%s', (_, given, printed) => {
    expect(reprint(`<filter name='f' ${given}/>`)).toBe(`<filter name='f' ${printed}>\n</filter>\n`);
  });

  it('escapes the name', () => {
    expect(reprint("<filter name='a&lt;&apos;&amp;'/>")).toBe(
      "<filter name='a&lt;&apos;&amp;' chain='root'>\n</filter>\n",
    );
  });

  it('writes every document so that it reads back the same, places aside', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(arbitraryFilterDocument, (document) => {
        const printed = printFilter(document);
        const result = parseFilter(printed, 'f.xml');
        expect(result.ok ? withoutSpans(result.value) : result.diagnostics).toEqual(withoutSpans(document));
        expect(result.ok && printFilter(result.value)).toBe(printed);
      }),
      { numRuns: 500 },
    );
  });
});
