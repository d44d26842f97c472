import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseNetwork } from '../../../../main/networks/parse/parse-network.ts';
import { printNetwork } from '../../../../main/networks/print/print-network.ts';
import type { NetworkDocument } from '../../../../shared/network/network-document.ts';
import { withoutSpans } from '../../compiler/parse/without-spans.ts';
import { arbitraryNetwork } from './arbitrary-network.ts';

function read(text: string): NetworkDocument {
  const result = parseNetwork(text, 'n.xml');
  if (!result.ok) throw new Error(result.diagnostics.map(({ message }) => message).join('\n'));
  return result.value;
}

/** What `virsh net-dumpxml` of libvirt 9.0 prints of a network that has nearly everything, with `<title>` and `register` of later ones. */
const dumped = `<network xmlns:dnsmasq='http://libvirt.org/schemas/network/dnsmasq/1.0' ipv6='yes'>
  <name>big</name>
  <uuid>5562d57d-bcf0-4366-910e-f793c377b6a7</uuid>
  <title>A title</title>
  <description>Two
lines</description>
  <metadata>
    <app1:foo xmlns:app1="http://app1.org/app1/">
      <app1:x a="1">t</app1:x>
    </app1:foo>
  </metadata>
  <forward dev='eth0' mode='nat'>
    <nat ipv6='yes'>
      <address start='1.2.3.4' end='1.2.3.10'/>
      <port start='500' end='1000'/>
    </nat>
    <interface dev='eth0'/>
  </forward>
  <bridge name='virbr0' zone='trusted' stp='on' delay='2' macTableManager='libvirt'/>
  <mtu size='9000'/>
  <mac address='52:54:00:1c:da:2f'/>
  <domain name='example.com' localOnly='yes' register='yes'/>
  <dns forwardPlainNames='no'>
    <forwarder addr='8.8.8.8'/>
    <forwarder domain='example.com' addr='8.8.4.4'/>
    <forwarder domain='www.example.com'/>
    <txt name='example' value='example value'/>
    <srv service='name' protocol='tcp' domain='test-domain-name' target='t' port='1024' priority='10' weight='10'/>
    <host ip='192.168.122.2'>
      <hostname>myhost</hostname>
      <hostname>myhostalias</hostname>
    </host>
  </dns>
  <bandwidth>
    <inbound average='1000' peak='5000' burst='5120'/>
    <outbound average='128' peak='256' burst='256'/>
  </bandwidth>
  <port isolated='yes'/>
  <ip address='192.168.122.1' netmask='255.255.255.0' localPtr='yes'>
    <tftp root='/srv/tftp'/>
    <dhcp>
      <range start='192.168.122.100' end='192.168.122.254'>
        <lease expiry='1' unit='hours'/>
      </range>
      <host mac='00:16:3e:77:e2:ed' name='foo.example.com' ip='192.168.122.10'>
        <lease expiry='30' unit='minutes'/>
      </host>
      <host mac='00:16:3e:3e:a9:1a' name='bar.example.com' ip='192.168.122.11'>
        <lease expiry='0'/>
      </host>
      <bootp file='pxelinux.0' server='192.168.122.1'/>
    </dhcp>
  </ip>
  <ip family='ipv6' address='2001:db8:ca2:2::1' prefix='64' localPtr='yes'>
  </ip>
  <route family='ipv6' address='2001:db9:ca1:1::' prefix='64' gateway='2001:db8:ca2:2::2' metric='2'/>
  <route address='192.168.222.0' netmask='255.255.255.0' gateway='192.168.122.2'/>
  <portgroup name='engineering' default='yes'>
    <bandwidth>
      <inbound average='1000'/>
    </bandwidth>
  </portgroup>
  <portgroup name='sales'>
  </portgroup>
  <dnsmasq:options>
    <dnsmasq:option value='foo=bar'/>
  </dnsmasq:options>
</network>
`;

const own = `<network>
  <name>own</name>
  <metadata>
    <guestward:settings xmlns:guestward='https://guestward.org/xmlns/network/1.0'>
      <guestward:autostart/>
      <guestward:reach lan='no'/>
      <guestward:openings>
        <guestward:opening service='samba'/>
        <guestward:opening protocol='udp' port='8000-8010'/>
      </guestward:openings>
      <guestward:forwards>
        <guestward:forward protocol='tcp' port='8080' to='80' guest='web' expires='2030-01-31T17:00:00Z'/>
      </guestward:forwards>
      <guestward:filter name='clean-traffic'/>
      <guestward:lan dev='wlan0' reflect='no'/>
    </guestward:settings>
  </metadata>
  <bridge stp='on' delay='0'/>
</network>
`;

describe('printNetwork', () => {
  it.each([
    ["prints libvirt's settings as virsh does", dumped],
    ["prints Guestward's settings as metadata, and mode lan so that libvirt loads it", own],
    [
      'prints no more than there is',
      "<network>\n  <name>b</name>\n  <forward mode='bridge'/>\n  <bridge name='br0'/>\n</network>\n",
    ],
  ])('%s', (_, text) => {
    expect(printNetwork(read(text))).toBe(text);
  });

  it('writes ports of a service that is open in part', () => {
    const document = read(own);
    const openings = document.settings.openings?.filter(({ ports }) => ports.low !== 445);
    const text = printNetwork({ ...document, settings: { ...document.settings, openings } });
    expect(read(text).settings.openings?.map(({ protocol, ports }) => `${protocol} ${ports.low}`)).toEqual([
      'tcp 139',
      'udp 137',
      'udp 8000',
    ]);
  });

  it('writes what reads back as the same network', () => {
    fc.assert(
      fc.property(arbitraryNetwork, (document) => {
        const text = printNetwork(document);
        const result = parseNetwork(text, 'n.xml');
        if (!result.ok) throw new Error(`${result.diagnostics.map(({ message }) => message).join('\n')}\n${text}`);
        expect(withoutSpans(result.value)).toEqual(withoutSpans(document));
      }),
      { numRuns: 300 },
    );
  });
});
