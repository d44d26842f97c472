import { describe, expect, it } from 'vitest';
import { parseNetwork } from '../../../../main/networks/parse/parse-network.ts';
import { printNetwork } from '../../../../main/networks/print/print-network.ts';
import { withoutSpans } from '../../compiler/parse/without-spans.ts';

const ip4 = `<ip address="192.168.122.1" netmask="255.255.255.0">
    <dhcp>
      <range start="192.168.122.2" end="192.168.122.254"/>
    </dhcp>
  </ip>`;

/** The example configurations of libvirt's formatnetwork.html that are for Linux bridges. */
const examples: Readonly<Record<string, string>> = {
  'NAT based': `<network><name>default</name><bridge name="virbr0"/><forward mode="nat"/>${ip4}
    <ip family="ipv6" address="2001:db8:ca2:2::1" prefix="64"/></network>`,
  'NAT based with DHCPv6': `<network><name>default6</name><bridge name="virbr0"/><forward mode="nat"/>${ip4}
    <ip family="ipv6" address="2001:db8:ca2:2::1" prefix="64"><dhcp>
      <range start="2001:db8:ca2:2:1::10" end="2001:db8:ca2:2:1::ff"/></dhcp></ip></network>`,
  'IPv6 NAT based': `<network><name>default6</name><bridge name="virbr0"/>
    <forward mode="nat"><nat ipv6='yes'><port start='1024' end='65535'/></nat></forward>${ip4}
    <ip family="ipv6" address="fd12:3456:789a:1::" prefix="64"/></network>`,
  routed: `<network><name>local</name><bridge name="virbr1"/><forward mode="route" dev="eth1"/>${ip4}
    <ip family="ipv6" address="2001:db8:ca2:2::1" prefix="64"/></network>`,
  'routed with hosts of DHCPv6': `<network><name>local6</name><bridge name="virbr1"/>
    <forward mode="route" dev="eth1"/>${ip4}
    <ip family="ipv6" address="2001:db8:ca2:2::1" prefix="64"><dhcp>
      <host name="paul" ip="2001:db8:ca2:2:3::1"/>
      <host id="0:1:0:1:18:aa:62:fe:0:16:3e:44:55:66" ip="2001:db8:ca2:2:3::2"/>
      <host id="0:3:0:1:0:16:3e:11:22:33" name="ralph" ip="2001:db8:ca2:2:3::3"/>
      <host id="0:4:7e:7d:f0:7d:a8:bc:c5:d2:13:32:11:ed:16:ea:84:63"
        name="badbob" ip="2001:db8:ca2:2:3::4"/></dhcp></ip></network>`,
  isolated: `<network><name>private</name><bridge name="virbr2"/>
    <ip address="192.168.152.1" netmask="255.255.255.0"><dhcp>
      <range start="192.168.152.2" end="192.168.152.254"/></dhcp></ip>
    <ip family="ipv6" address="2001:db8:ca2:3::1" prefix="64"/></network>`,
  'isolated with IPv6 alone': `<network><name>sixnet</name><bridge name="virbr6"/>
    <ip family="ipv6" address="2001:db8:ca2:6::1" prefix="64"><dhcp>
      <host name="peter" ip="2001:db8:ca2:6:6::1"/></dhcp></ip></network>`,
  'an existing host bridge': '<network><name>host-bridge</name><forward mode="bridge"/><bridge name="br0"/></network>',
  'without gateway addresses': `<network ipv6='yes'><name>nogw</name>
    <uuid>7a3b7497-1ec7-8aef-6d5c-38dff9109e93</uuid><bridge name="virbr2" stp="on" delay="0"/>
    <mac address='00:16:3E:5D:C7:9E'/></network>`,
  'static routes': `<network><name>routes</name>
    <ip address="192.168.122.1" netmask="255.255.255.0"><dhcp>
      <range start="192.168.122.128" end="192.168.122.254"/></dhcp></ip>
    <route address="192.168.222.0" prefix="24" gateway="192.168.122.2"/>
    <ip family="ipv6" address="2001:db8:ca2:2::1" prefix="64"/>
    <route family="ipv6" address="2001:db8:ca2:3::" prefix="64" gateway="2001:db8:ca2:2::2"/>
    <route family="ipv6" address="2001:db9:4:1::" prefix="64" gateway="2001:db8:ca2:2::3" metric='2'/></network>`,
  addressing: `<network><name>addresses</name><mac address='00:16:3E:5D:C7:9E'/><domain name="example.com"/>
    <dns>
      <txt name="example" value="example value"/>
      <forwarder addr="8.8.8.8"/>
      <forwarder domain='example.com' addr="8.8.4.4"/>
      <forwarder domain='www.example.com'/>
      <srv service='name' protocol='tcp' domain='test-domain-name' target='.' port='1024' priority='10' weight='10'/>
      <host ip='192.168.122.2'><hostname>myhost</hostname><hostname>myhostalias</hostname></host>
    </dns>
    <ip address="192.168.122.1" netmask="255.255.255.0" localPtr="yes"><dhcp>
      <range start="192.168.122.100" end="192.168.122.254"><lease expiry='1' unit='hours'/></range>
      <host mac="00:16:3e:77:e2:ed" name="foo.example.com" ip="192.168.122.10">
        <lease expiry='30' unit='minutes'/></host>
      <host mac="00:16:3e:3e:a9:1a" name="bar.example.com" ip="192.168.122.11"/></dhcp></ip>
    <ip family="ipv6" address="2001:db8:ca2:2::1" prefix="64" localPtr="yes"/>
    <route family="ipv6" address="2001:db9:ca1:1::" prefix="64" gateway="2001:db8:ca2:2::2"/></network>`,
  'isolated ports':
    "<network><name>isolated-ports</name><forward mode='bridge'/><bridge name='br0'/><port isolated='yes'/></network>",
};

/** What `virsh net-dumpxml --inactive` of libvirt 9.0.0 printed of networks that it had been given. */
const printed: Readonly<Record<string, string>> = {
  'nat network with DHCPv6': `<network>
  <name>lab one</name>
  <uuid>2dc5b6c5-e7cd-4d95-8ccd-f97a5cefd451</uuid>
  <forward mode='nat'>
    <nat ipv6='yes'>
      <port start='2000' end='3000'/>
    </nat>
  </forward>
  <bridge name='virbr7' stp='on' delay='0'/>
  <mac address='52:54:00:ec:39:0d'/>
  <domain name='lab.test' localOnly='yes'/>
  <dns>
    <txt name='a' value='b'/>
    <host ip='10.77.0.9'>
      <hostname>printer</hostname>
    </host>
  </dns>
  <bandwidth>
    <inbound average='1000'/>
  </bandwidth>
  <ip address='10.77.0.1' netmask='255.255.255.0' localPtr='yes'>
    <dhcp>
      <range start='10.77.0.100' end='10.77.0.200'>
        <lease expiry='2' unit='hours'/>
      </range>
      <host mac='52:54:00:00:00:01' name='web' ip='10.77.0.5'/>
    </dhcp>
  </ip>
  <ip family='ipv6' address='fd77:1::1' prefix='64'>
    <dhcp>
      <range start='fd77:1::100' end='fd77:1::1ff'/>
      <host id='0:3:0:1:52:54:0:0:0:1' name='web' ip='fd77:1::5'/>
    </dhcp>
  </ip>
</network>
`,
  'routed network': `<network>
  <name>rt</name>
  <uuid>3a387590-1628-414e-b3b1-125e65ab112b</uuid>
  <forward dev='lo' mode='route'>
    <interface dev='lo'/>
  </forward>
  <bridge name='virbr9' stp='on' delay='0'/>
  <mac address='52:54:00:64:c0:aa'/>
  <ip address='10.79.0.1' netmask='255.255.255.0'>
  </ip>
  <route address='10.90.0.0' prefix='16' gateway='10.79.0.9' metric='3'/>
</network>
`,
};

describe("libvirt's example", () => {
  it.each([...Object.entries(examples), ...Object.entries(printed)])(
    '%s is read without a finding, and again as it is written',
    (_, text) => {
      const result = parseNetwork(text, 'n.xml');
      if (!result.ok) throw new Error(result.diagnostics.map(({ message }) => message).join('\n'));
      expect(result.warnings).toEqual([]);
      const again = parseNetwork(printNetwork(result.value), 'n.xml');
      expect(again.ok && withoutSpans(again.value)).toEqual(withoutSpans(result.value));
    },
  );

  it('net7 is refused, by libvirt too: its range is of another network', () => {
    const text = `<network><name>net7</name><bridge name="virbr7"/><forward mode="route"/>
      <ip family="ipv6" address="2001:db8:ca2:7::1" prefix="64"><dhcp>
        <range start="2001:db8:ca2:7::100" end="2001:db8:ca2::1ff"/></dhcp></ip></network>`;
    const result = parseNetwork(text, 'n.xml');
    expect(result.ok ? [] : result.diagnostics.map(({ code }) => code)).toEqual(['outside-subnet']);
  });
});
