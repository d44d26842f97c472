import { describe, expect, it } from 'vitest';
import { parseNetwork } from '../../../../main/networks/parse/parse-network.ts';
import type { NetworkDocument } from '../../../../shared/network/network-document.ts';
import { withoutSpans } from '../../compiler/parse/without-spans.ts';

const parts = (content: string, name = 'n') => `<network><name>${name}</name>${content}</network>`;
const ip = "<ip address='192.168.50.1' prefix='24'/>";
const served = (content: string) => parts(`<ip address='192.168.50.1' prefix='24'><dhcp>${content}</dhcp></ip>`);
const served6 = (content: string, prefix = 64) =>
  parts(`<ip family='ipv6' address='fd00:1::1' prefix='${prefix}'><dhcp>${content}</dhcp></ip>`);
const dns = (content: string) => parts(`<dns>${content}</dns>`);
const settings = (content: string, rest = ip) =>
  parts(
    `<metadata><g:settings xmlns:g='https://guestward.org/xmlns/network/1.0'>${content}</g:settings></metadata>${rest}`,
  );

function read(text: string): NetworkDocument {
  const result = parseNetwork(text, 'n.xml');
  if (!result.ok) throw new Error(result.diagnostics.map(({ message }) => message).join('\n'));
  return result.value;
}

/** Code, and the text at its place as far as the finding reaches; warnings end in a question mark. */
function findings(text: string): readonly string[] {
  const result = parseNetwork(text, 'n.xml');
  const lines = text.split('\n');
  return (result.ok ? result.warnings : result.diagnostics).map(({ code, severity, span }) => {
    const start = span.column - 1;
    const shown = lines[span.line - 1]?.slice(start, start + span.length) ?? '';
    return `${code}${severity === 'warning' ? '?' : ''} ${shown}`;
  });
}

describe('parseNetwork reads', () => {
  it("libvirt's default network", () => {
    const text = `<network>
  <name>default</name>
  <uuid>3E3FCE45-4f53-4fa7-bb32-11f34168b82b</uuid>
  <forward mode='nat'/>
  <bridge name='virbr0' stp='on' delay='0'/>
  <mac address='52:54:00:c4:30:3f'/>
  <ip address='192.168.122.1' netmask='255.255.255.0'>
    <dhcp>
      <range start='192.168.122.2' end='192.168.122.254'/>
    </dhcp>
  </ip>
</network>`;
    expect(withoutSpans(read(text))).toEqual({
      name: 'default',
      uuid: '3e3fce45-4f53-4fa7-bb32-11f34168b82b',
      title: undefined,
      description: undefined,
      guestIpv6: false,
      forward: { mode: 'nat', dev: undefined, natIpv6: false, natAddress: undefined, natPorts: undefined },
      bridge: {
        name: 'virbr0',
        stp: true,
        delay: 0,
        zone: undefined,
        macTableManager: 'kernel',
        mac: 0x525400c4303fn,
        mtu: undefined,
      },
      domain: undefined,
      dns: { enabled: true, forwardPlainNames: true, forwarders: [], hosts: [], txts: [], srvs: [] },
      ips: [
        {
          family: 'ipv4',
          address: '192.168.122.1',
          prefix: 24,
          localPtr: false,
          tftpRoot: undefined,
          dhcp: {
            ranges: [{ low: '192.168.122.2', high: '192.168.122.254', lease: undefined }],
            hosts: [],
            bootp: undefined,
          },
        },
      ],
      routes: [],
      bandwidth: { inbound: undefined, outbound: undefined },
      portGroups: [],
      portsIsolated: false,
      dnsmasqOptions: [],
      settings: {
        autostart: false,
        reach: { internet: true, lan: true, guests: true, host: true },
        openings: undefined,
        forwards: [],
        slaac: false,
        reflect: false,
        defaultFilter: undefined,
      },
      foreignMetadata: [],
    });
  });

  it.each<[string, string, object]>([
    ['forward without a mode as nat', parts(`<forward/>${ip}`), { forward: { mode: 'nat' } }],
    ['forward mode none as isolated', parts("<forward mode='none'/>"), { forward: { mode: 'isolated' } }],
    ['one <interface> as dev', parts(`<forward><interface dev='e1'/></forward>${ip}`), { forward: { dev: 'e1' } }],
    [
      'what NAT may turn sources into',
      parts(
        `<forward><nat ipv6='yes'><address start='1.2.3.4' end='1.2.3.10'/><port start='5' end='9'/></nat></forward>${ip}`,
      ),
      {
        forward: {
          natIpv6: true,
          natAddress: { low: '1.2.3.4', high: '1.2.3.10' },
          natPorts: { low: 5, high: 9 },
        },
      },
    ],
    ['a class A address', parts("<ip address='10.1.2.3'/>"), { ips: [{ prefix: 8 }] }],
    ['a class B address', parts("<ip address='172.16.2.3'/>"), { ips: [{ prefix: 16 }] }],
    ['a class C address', parts("<ip address='192.168.2.3'/>"), { ips: [{ prefix: 24 }] }],
    ['a netmask', parts("<ip address='10.1.2.3' netmask='255.255.240.0'/>"), { ips: [{ prefix: 20 }] }],
    [
      'an IPv6 address without prefix',
      parts("<ip family='ipv6' address='FD00::0:1'/>"),
      { ips: [{ address: 'fd00::1', prefix: 64 }] },
    ],
    ['a bridge name with a number to be found', parts("<bridge name='virbr%d'/>"), { bridge: { name: 'virbr%d' } }],
    ['<dhcp> without content as none', served(''), { ips: [{ dhcp: undefined }] }],
    [
      'a lease in minutes',
      served("<range start='192.168.50.2' end='192.168.50.9'><lease expiry='2'/></range>"),
      { ips: [{ dhcp: { ranges: [{ lease: 120 }] } }] },
    ],
    [
      'a lease in hours',
      served("<range start='192.168.50.2' end='192.168.50.9'><lease expiry='2' unit='hours'/></range>"),
      { ips: [{ dhcp: { ranges: [{ lease: 7200 }] } }] },
    ],
    [
      'an endless lease',
      served("<host name='a' ip='192.168.50.2'><lease expiry='0'/></host>"),
      { ips: [{ dhcp: { hosts: [{ lease: 'infinite' }] } }] },
    ],
    [
      'a client id of short bytes',
      served6("<host id='0:3:0:1:0:16:3e:11:22:33' ip='fd00:1::5'/>"),
      { ips: [{ dhcp: { hosts: [{ id: '00:03:00:01:00:16:3e:11:22:33' }] } }] },
    ],
    [
      'a SRV record that says "not here"',
      dns("<srv service='x' protocol='tcp' target='.' port='1'/>"),
      { dns: { srvs: [{ target: undefined, port: undefined }] } },
    ],
    [
      'a default route',
      parts(`${ip}<route address='0.0.0.0' prefix='0' gateway='192.168.50.9'/>`),
      { routes: [{ prefix: 0 }] },
    ],
    [
      'options for dnsmasq by any prefix',
      "<network xmlns:d='http://libvirt.org/schemas/network/dnsmasq/1.0'><name>n</name><d:options><d:option value='foo=bar'/></d:options></network>",
      { dnsmasqOptions: [{ value: 'foo=bar' }] },
    ],
  ])('%s', (_, text, document) => {
    expect(withoutSpans(read(text))).toMatchObject(document);
  });

  it('settings of its own, by whatever prefix', () => {
    const content = `<g:autostart/><g:reach lan='no' host='no'/><g:slaac/><g:filter name='clean-traffic'/>
      <g:openings><g:opening service='dns'/><g:opening protocol='tcp' port='8000-8010'/></g:openings>
      <g:forwards>
        <g:forward protocol='tcp' port='8080' to='80' guest='web' expires='2030-01-31T18:00:00+01:00'/>
        <g:forward protocol='udp' port='50-59' to='150-159' mac='52:54:00:00:00:01'/>
        <g:forward protocol='udp' port='60' address='192.168.50.7'/>
      </g:forwards>`;
    expect(withoutSpans(read(settings(content)).settings)).toEqual({
      autostart: true,
      reach: { internet: true, lan: false, guests: true, host: false },
      slaac: true,
      reflect: false,
      defaultFilter: 'clean-traffic',
      openings: [
        { service: 'dns', protocol: 'udp', ports: { low: 53, high: 53 } },
        { service: 'dns', protocol: 'tcp', ports: { low: 53, high: 53 } },
        { service: undefined, protocol: 'tcp', ports: { low: 8000, high: 8010 } },
      ],
      forwards: [
        {
          protocol: 'tcp',
          hostPorts: { low: 8080, high: 8080 },
          guestPorts: { low: 80, high: 80 },
          guest: { name: 'web' },
          expires: Date.UTC(2030, 0, 31, 17) / 1000,
        },
        {
          protocol: 'udp',
          hostPorts: { low: 50, high: 59 },
          guestPorts: { low: 150, high: 159 },
          guest: { mac: 0x525400000001n },
          expires: undefined,
        },
        {
          protocol: 'udp',
          hostPorts: { low: 60, high: 60 },
          guestPorts: { low: 60, high: 60 },
          guest: { address: '192.168.50.7' },
          expires: undefined,
        },
      ],
    });
  });

  it('an empty list of openings as a list', () => {
    expect(read(settings('<g:openings/>')).settings.openings).toEqual([]);
    expect(read(settings('')).settings.openings).toBeUndefined();
  });

  it.each([
    ['an open network', "<forward mode='open' dev='wlan0'/>", "<g:lan reflect='no'/>"],
    ['a network without <forward>', '', "<g:lan dev='wlan0'/>"],
  ])('%s with the setting lan as mode lan', (_, forward, lan) => {
    expect(read(settings(lan, forward)).forward).toMatchObject({ mode: 'lan', dev: 'wlan0' });
  });

  it('the switch for multicast DNS and broadcasts', () => {
    expect(read(settings("<g:lan reflect='yes'/>", '')).settings.reflect).toBe(true);
    expect(read(settings('<g:lan/>', '')).settings.reflect).toBe(false);
  });

  it("others' metadata as it stands, with its namespaces", () => {
    const foreign = '<a:x xmlns:a="u:a" k=\'>\'>t <b:y/><!-- </a:x> --><![CDATA[</a:x>]]>\n</a:x>';
    const text = `<network xmlns:b='u:b'><name>n</name><metadata> ${foreign}<c xmlns="u:c"/></metadata></network>`;
    expect(read(text).foreignMetadata).toEqual([foreign.replace('<a:x', '<a:x xmlns:b="u:b"'), '<c xmlns="u:c"/>']);
  });

  it('what libvirt counts in a running network', () => {
    const text = `<network connections='1'><name>n</name><forward><interface dev='e' connections='2'/></forward>${ip}</network>`;
    expect(findings(text)).toEqual([]);
  });
});

describe('parseNetwork refuses by name', () => {
  it.each([
    ['passthrough', parts("<forward mode='passthrough'/>"), 'passthrough'],
    ['private', parts("<forward mode='private'/>"), 'private'],
    ['vepa', parts("<forward mode='vepa'/>"), 'vepa'],
    ['hostdev', parts("<forward mode='hostdev' managed='yes'/>"), 'hostdev'],
    ['virtual functions', parts(`<forward><pf dev='e'/></forward>${ip}`), '<pf'],
    ['a device pool', parts(`<forward><interface dev='a'/><interface dev='b'/></forward>${ip}`), '<interface'],
    ['macvtap', parts("<forward mode='bridge'><interface dev='a'/></forward><bridge name='b'/>"), '<interface'],
    ['Open vSwitch', parts("<virtualport type='openvswitch'/>"), '<virtualport'],
    ['tags', parts("<vlan><tag id='1'/></vlan>"), '<vlan'],
    ['tags of a port group', parts("<portgroup name='a'><vlan/></portgroup>"), '<vlan'],
    ['ports of a port group', parts("<portgroup name='a'><virtualport/></portgroup>"), '<virtualport'],
    ['guaranteed rates', parts("<bandwidth><inbound average='9' floor='1'/></bandwidth>"), 'floor'],
    ['filters that guests change', "<network trustGuestRxFilters='yes'><name>n</name></network>", 'yes'],
  ])('%s', (_, text, place) => {
    expect(findings(text)).toContain(`unsupported ${place}`);
  });
});

describe('parseNetwork finds', () => {
  it.each<[string, string, readonly string[]]>([
    ['another document', '<filter/>', ['root-element <filter']],
    ['no name', '<network/>', ['missing-element <network']],
    ['a name like a path', parts('', '../x'), ['bad-name ../x']],
    ['a name like an option', parts('', '-x'), ['bad-name -x']],
    ['what no network has', parts('<froward/>'), ['unknown-element <froward']],
    ['an attribute that nothing has', parts("<bridge nmae='x'/>"), ['unknown-attribute nmae']],
    ['a second bridge', parts('<bridge/><bridge/>'), ['duplicate-element <bridge']],
    ['a bridge name that is too long', parts("<bridge name='a234567890123456'/>"), ['bad-value a234567890123456']],
    ['a bridge name that gets too long', parts("<bridge name='a2345678901234%d'/>"), []],
    [
      'a bridge name that gets far too long',
      parts("<bridge name='a23456789012345%d'/>"),
      ['bad-value a23456789012345%d'],
    ],
    ['two numbers in a bridge name', parts("<bridge name='a%d%d'/>"), ['bad-value a%d%d']],
    ['another format in a bridge name', parts("<bridge name='a%s'/>"), ['bad-value a%s']],
    ['a multicast MAC address', parts("<mac address='01:00:00:00:00:01'/>"), ['bad-value 01:00:00:00:00:01']],
    ['a tiny MTU', parts("<mtu size='67'/>"), ['bad-value 67']],
    ['an MTU too small for IPv6', parts("<mtu size='1279'/><ip family='ipv6' address='fd00::1'/>"), ['bad-value <mtu']],
    ['an open network that is held to a device', parts(`<forward mode='open' dev='e'/>${ip}`), ['no-effect <forward']],
    ['NAT without an address', parts('<forward/>'), ['missing-element <forward']],
    ['<nat> in another mode', parts(`<forward mode='route'><nat/></forward>${ip}`), ['no-effect <nat']],
    ['two devices', parts(`<forward dev='a'><interface dev='b'/></forward>${ip}`), ['bad-value b']],
    [
      'ports that run backwards',
      parts(`<forward><nat><port start='9' end='8'/></nat></forward>${ip}`),
      ['reversed-range 8'],
    ],
    [
      'half a range of ports',
      parts(`<forward><nat><port start='1'/></nat></forward>${ip}`),
      ['missing-attribute <port'],
    ],
    [
      'sources that run backwards',
      parts(`<forward><nat><address start='1.1.1.10' end='1.1.1.9'/></nat></forward>${ip}`),
      ['reversed-range 1.1.1.9'],
    ],
    ["somebody else's bridge without name", parts("<forward mode='bridge'/>"), ['missing-attribute <network']],
    [
      "an address for somebody else's bridge",
      parts(`<forward mode='bridge'/><bridge name='b'/>${ip}`),
      ['no-effect <ip'],
    ],
    ["STP of somebody else's bridge", parts("<forward mode='bridge'/><bridge name='b' stp='on'/>"), ['no-effect stp']],
    ['an address without family', parts("<ip address='fd00::1'/>"), ['bad-value fd00::1']],
    ['no address', parts('<ip/>'), ['missing-attribute <ip']],
    [
      'netmask and prefix',
      parts("<ip address='10.0.0.1' netmask='255.0.0.0' prefix='8'/>"),
      ['duplicate-attribute 255.0.0.0'],
    ],
    ['a netmask with holes', parts("<ip address='10.0.0.1' netmask='255.0.255.0'/>"), ['bad-value 255.0.255.0']],
    ['the address of the subnet', parts("<ip address='10.0.0.0' prefix='24'/>"), ['bad-address <ip']],
    ['the broadcast address', parts("<ip address='10.0.0.255' prefix='24'/>"), ['bad-address <ip']],
    ['an address of the network 0', parts("<ip address='0.1.0.1' prefix='24'/>"), ['bad-address <ip']],
    ['the address of nobody', parts("<ip family='ipv6' address='::' prefix='64'/>"), ['bad-address <ip']],
    ['a loopback address of IPv6', parts("<ip family='ipv6' address='::1'/>"), ['bad-address <ip']],
    ['a link-local address', parts("<ip family='ipv6' address='fe80::1'/>"), ['bad-address <ip']],
    ['an IPv4 address in IPv6', parts("<ip family='ipv6' address='::ffff:10.0.0.1'/>"), ['bad-address <ip']],
    ["a host's name that dnsmasq takes for a time", served("<host name='12h' ip='192.168.50.2'/>"), ['bad-value 12h']],
    [
      "a guest's name that dnsmasq takes for an order",
      settings("<g:forwards><g:forward protocol='tcp' port='1' guest='ignore'/></g:forwards>"),
      ['bad-value ignore'],
    ],
    ['a loopback address', parts("<ip address='127.1.0.1' prefix='24'/>"), ['bad-address <ip']],
    ['a multicast address', parts("<ip family='ipv6' address='ff02::1'/>"), ['bad-address <ip']],
    ['the same address twice', parts(ip + ip), ['duplicate-address <ip']],
    [
      'a range outside of the subnet',
      served("<range start='192.168.51.2' end='192.168.51.9'/>"),
      ['outside-subnet <range'],
    ],
    [
      'a range with the subnet itself',
      served("<range start='192.168.50.0' end='192.168.50.9'/>"),
      ['outside-subnet <range', 'own-address? <range'],
    ],
    [
      'a range with the broadcast address',
      served("<range start='192.168.50.9' end='192.168.50.255'/>"),
      ['outside-subnet <range'],
    ],
    [
      "a range with the bridge's own address",
      served("<range start='192.168.50.1' end='192.168.50.9'/>"),
      ['own-address? <range'],
    ],
    [
      'a range that runs backwards',
      served("<range start='192.168.50.9' end='192.168.50.2'/>"),
      ['reversed-range <range'],
    ],
    [
      'ranges that overlap',
      served("<range start='192.168.50.2' end='192.168.50.9'/><range start='192.168.50.9' end='192.168.50.10'/>"),
      ['overlapping-ranges? <range'],
    ],
    ['a range that is too large', served6("<range start='fd00:1::2' end='fd00:1::1:2'/>"), ['too-many <range']],
    ['a range of DHCPv6 in a smaller subnet', served6("<range start='fd00:1::2' end='fd00:1::9'/>", 80), []],
    [
      'a range of DHCPv6 in a larger subnet',
      served6("<range start='fd00:1::2' end='fd00:1::9'/>", 48),
      ['bad-prefix <ip'],
    ],
    [
      'a second DHCP',
      parts(
        "<ip address='10.0.0.1' prefix='24'><dhcp><host name='a' ip='10.0.0.2'/></dhcp></ip><ip address='10.0.1.1' prefix='24'><dhcp><host name='a' ip='10.0.1.2'/></dhcp></ip>",
      ),
      ['second-dhcp <ip'],
    ],
    ['a host outside of the subnet', served("<host name='a' ip='192.168.51.2'/>"), ['outside-subnet <host']],
    ["a host with the bridge's address", served("<host name='a' ip='192.168.50.1'/>"), ['own-address <host']],
    [
      'hosts of one name',
      served("<host name='a' ip='192.168.50.2'/><host name='A' ip='192.168.50.3'/>"),
      ['duplicate-host <host'],
    ],
    [
      'hosts of one MAC address',
      served("<host mac='52:54:00:00:00:01' ip='192.168.50.2'/><host mac='52:54:00:00:00:01' ip='192.168.50.3'/>"),
      ['duplicate-host <host'],
    ],
    [
      'hosts of one address',
      served("<host name='a' ip='192.168.50.2'/><host name='b' ip='192.168.50.2'/>"),
      ['duplicate-host <host'],
    ],
    [
      'a host of DHCPv6 with a MAC address',
      served6("<host mac='52:54:00:00:00:01' ip='fd00:1::2'/>"),
      ['no-effect 52:54:00:00:00:01'],
    ],
    ['a host that nobody can be', served("<host ip='192.168.50.2'/>"), ['missing-attribute <host']],
    ['a host without address', served("<host name='a'/>"), ['missing-attribute <host']],
    [
      'a lease that is too short',
      served("<host name='a' ip='192.168.50.2'><lease expiry='119' unit='seconds'/></host>"),
      ['bad-value 119'],
    ],
    ['TFTP for IPv6', parts("<ip family='ipv6' address='fd00::1'><tftp root='/x'/></ip>"), ['no-effect <tftp']],
    [
      'a second TFTP',
      parts("<ip address='10.0.0.1'><tftp root='/x'/></ip><ip address='11.0.0.1'><tftp root='/x'/></ip>"),
      ['second-tftp <ip'],
    ],
    [
      'a gateway out of reach',
      parts(`${ip}<route address='10.0.0.0' prefix='24' gateway='192.168.51.4'/>`),
      ['unreachable-gateway <route'],
    ],
    [
      'a gateway that is the bridge',
      parts(`${ip}<route address='10.0.0.0' prefix='24' gateway='192.168.50.1'/>`),
      ['own-address <route'],
    ],
    [
      'a route to a device',
      parts(`${ip}<route address='10.0.0.1' prefix='24' gateway='192.168.50.4'/>`),
      ['bad-value <route'],
    ],
    [
      'a metric of nothing',
      parts(`${ip}<route address='10.0.0.0' prefix='24' gateway='192.168.50.4' metric='0'/>`),
      ['bad-value 0'],
    ],
    [
      'names for a DNS that is switched off',
      parts("<dns enable='no'><host ip='1.2.3.4'><hostname>a</hostname></host></dns>"),
      ['no-effect <host'],
    ],
    [
      'a DNS that is switched off and forwards',
      parts("<dns enable='no' forwardPlainNames='no'/>"),
      ['no-effect <network'],
    ],
    ['a forwarder to nowhere', dns('<forwarder/>'), ['missing-attribute <forwarder']],
    ['a host without names', dns("<host ip='1.2.3.4'/>"), ['missing-element <host']],
    ['a TXT record without value', dns("<txt name='a'/>"), ['missing-attribute <txt']],
    ['a port of no service', dns("<srv service='x' protocol='tcp' port='5'/>"), ['no-effect 5']],
    ['a SRV record of another protocol', dns("<srv service='x' protocol='sctp'/>"), ['bad-value sctp']],
    ['rates without average', parts("<bandwidth><inbound peak='5'/></bandwidth>"), ['missing-attribute <inbound']],
    ['a peak below the average', parts("<bandwidth><inbound average='6' peak='5'/></bandwidth>"), ['bad-value 5']],
    [
      'port groups of one name',
      parts("<portgroup name='a'/><portgroup name='a'/>"),
      ['duplicate-portgroup <portgroup'],
    ],
    [
      'two default port groups',
      parts("<portgroup name='a' default='yes'/><portgroup name='b' default='yes'/>"),
      ['second-default <portgroup'],
    ],
    ['an unknown service', settings("<g:openings><g:opening service='shh'/></g:openings>"), ['unknown-service shh']],
    [
      'a service with a port',
      settings("<g:openings><g:opening service='ssh' port='22'/></g:openings>"),
      ['no-effect 22'],
    ],
    [
      'a forward to nobody',
      settings("<g:forwards><g:forward protocol='tcp' port='1'/></g:forwards>"),
      ['bad-guest <g:forward'],
    ],
    [
      'a forward to two',
      settings("<g:forwards><g:forward protocol='tcp' port='1' guest='a' address='192.168.50.2'/></g:forwards>"),
      ['bad-guest <g:forward'],
    ],
    [
      'a forward out of the network',
      settings("<g:forwards><g:forward protocol='tcp' port='1' address='192.168.51.2'/></g:forwards>"),
      ['outside-subnet <g:forward'],
    ],
    [
      'a forward to fewer ports',
      settings("<g:forwards><g:forward protocol='tcp' port='1-3' to='1' guest='a'/></g:forwards>"),
      ['bad-value 1'],
    ],
    [
      'forwards of one port',
      settings(
        "<g:forwards><g:forward protocol='tcp' port='1-3' guest='a'/><g:forward protocol='tcp' port='3' guest='b'/></g:forwards>",
      ),
      ['duplicate-forward <g:forward'],
    ],
    [
      'an expiry without zone',
      settings("<g:forwards><g:forward protocol='tcp' port='1' guest='a' expires='2030-01-01T00:00:00'/></g:forwards>"),
      ['bad-value 2030-01-01T00:00:00'],
    ],
    ['a setting that is none', settings('<g:autostrat/>'), ['unknown-element <g:autostrat']],
    ['a setting without the prefix', settings('<autostart/>'), ['foreign-element <autostart']],
    [
      'the setting lan in another mode',
      settings('<g:lan/>', `<forward/>${ip}`),
      ['bad-mode <forward', 'no-effect <ip'],
    ],
    [
      'forwards over a foreign bridge',
      settings(
        "<g:forwards><g:forward protocol='tcp' port='1' guest='a'/></g:forwards>",
        "<forward mode='bridge'/><bridge name='b'/>",
      ),
      ['no-effect <g:forward'],
    ],
    ['metadata of nobody', parts('<metadata><x/></metadata>'), ['no-namespace? <x']],
    [
      'several options in one',
      "<network xmlns:d='http://libvirt.org/schemas/network/dnsmasq/1.0'><name>n</name><d:options><d:option value='a=b&#10;c=d'/></d:options></network>",
      ['bad-value a=b&#10;c=d'],
    ],
  ])('%s', (_, text, expected) => {
    expect(findings(text)).toEqual(expected);
  });

  it('everything at once, in the order of the text', () => {
    const text = parts(
      "<forward mode='vepa'/><bridge name='/'/><mtu size='x'/><ip address='a'/><route address='10.0.0.0' gateway='10.0.0.1'/>",
    );
    expect(findings(text)).toEqual(['unsupported vepa', 'bad-value /', 'bad-value x', 'bad-value a']);
  });

  it('too many of something', () => {
    const hosts = Array.from({ length: 257 }, (_, index) => `<txt name='t${index}' value=''/>`);
    expect(findings(dns(hosts.join('')))).toEqual(['too-many <network']);
  });
});
