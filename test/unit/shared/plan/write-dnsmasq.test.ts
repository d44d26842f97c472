import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isMistakenName } from '../../../../shared/plan/dnsmasq-line.ts';
import { type DnsmasqSetup, dnsmasqSetupSchema } from '../../../../shared/plan/network-setup.ts';
import { reverseZones } from '../../../../shared/plan/reverse-zones.ts';
import { type DnsmasqFiles, writeDnsmasq } from '../../../../shared/plan/write-dnsmasq.ts';

const files: DnsmasqFiles = {
  pid: '/r/b.pid',
  leases: '/s/n.leases',
  hosts: '/r/b.hosts',
  addnHosts: '/r/b.names',
  user: { name: 'dnsmasq', group: 'nogroup' },
};
const dns: NonNullable<DnsmasqSetup['dns']> = {
  forwardPlainNames: true,
  forwarders: [],
  hosts: [],
  txts: [],
  srvs: [],
  localPtr: [],
};
const plain: DnsmasqSetup = {
  listen: [],
  dns,
  ranges: [],
  hosts: [],
  staticOnly: [],
  routerAdvertisements: [],
  offersRouter: true,
  options: [],
};

const write = (setup: Partial<DnsmasqSetup>) => writeDnsmasq({ bridge: 'virbr0' }, { ...plain, ...setup }, files);
const linesOf = (setup: Partial<DnsmasqSetup>) => write(setup).conf.trimEnd().split('\n');
/** What a setup adds to the plainest one, which itself has no such line. */
const added = (setup: Partial<DnsmasqSetup>) => linesOf(setup).filter((line) => !linesOf({}).includes(line));

describe("a network's dnsmasq", () => {
  it('listens on its bridge alone, reads our files alone and gives up its rights', () => {
    expect(linesOf({}).slice(1)).toEqual([
      'user=dnsmasq',
      'group=nogroup',
      'pid-file="/r/b.pid"',
      'dhcp-leasefile="/s/n.leases"',
      'no-hosts',
      'except-interface=lo',
      'bind-dynamic',
      'interface=virbr0',
      'strict-order',
      'dhcp-hostsfile="/r/b.hosts"',
      'addn-hosts="/r/b.names"',
    ]);
  });

  it('keeps its user where there is no other', () => {
    const { conf } = writeDnsmasq({ bridge: 'b' }, plain, { ...files, user: null });
    expect(conf).toContain('\nuser=\ngroup=\n');
  });

  it('tells guests the MTU of a bridge that has one of its own', () => {
    expect(writeDnsmasq({ bridge: 'b', mtu: 1400 }, plain, files).conf).toContain('\ndhcp-option=option:mtu,1400\n');
  });

  const range = { family: 'ipv4', low: '10.0.0.10', high: '10.0.0.19', prefix: 24 } as const;
  const range6 = { family: 'ipv6', low: 'fd00::10', high: 'fd00::ffff:ffff', prefix: 64 } as const;
  const served = ['dhcp-no-override', 'dhcp-authoritative', 'no-ping'];

  it.each<readonly [string, Partial<DnsmasqSetup>, readonly string[]]>([
    [
      'a range',
      { ranges: [range] },
      ['dhcp-range=10.0.0.10,10.0.0.19,255.255.255.0', ...served, 'dhcp-lease-max=4106'],
    ],
    [
      'a range whose leases end',
      { ranges: [{ ...range, lease: 7200 }] },
      ['dhcp-range=10.0.0.10,10.0.0.19,255.255.255.0,7200', ...served, 'dhcp-lease-max=4106'],
    ],
    [
      'a range whose leases do not end',
      { ranges: [{ ...range, lease: 'infinite' }] },
      ['dhcp-range=10.0.0.10,10.0.0.19,255.255.255.0,infinite', ...served, 'dhcp-lease-max=4106'],
    ],
    [
      'a range of IPv6',
      { ranges: [range6] },
      ['dhcp-range=fd00::10,fd00::ffff:ffff,64', 'enable-ra', 'no-ping', 'dhcp-lease-max=69632'],
    ],
    [
      'a range of IPv6 beside addresses that guests make',
      { ranges: [{ ...range6, slaac: true, lease: 3600 }] },
      ['dhcp-range=fd00::10,fd00::ffff:ffff,slaac,64,3600', 'enable-ra', 'no-ping', 'dhcp-lease-max=69632'],
    ],
    [
      'static hosts of IPv6 beside addresses that guests make',
      { staticOnly: [{ family: 'ipv6', subnet: 'fd00::1/64', slaac: true }] },
      ['dhcp-range=fd00::,static,slaac,64', 'enable-ra', 'no-ping', 'dhcp-lease-max=4096'],
    ],
    [
      'static hosts alone',
      { staticOnly: [{ family: 'ipv4', subnet: '10.0.16.1/20' }] },
      ['dhcp-range=10.0.16.0,static,255.255.240.0', ...served, 'dhcp-lease-max=4096'],
    ],
    [
      'static hosts of IPv6 alone',
      { staticOnly: [{ family: 'ipv6', subnet: 'fd00::1/64' }] },
      ['dhcp-range=fd00::,static,64', 'enable-ra', 'no-ping', 'dhcp-lease-max=4096'],
    ],
    ['router advertisements alone', { routerAdvertisements: ['fd00::1/64'] }, ['dhcp-range=fd00::,ra-only,64']],
    [
      'router advertisements of a prefix that is mostly elsewhere',
      { routerAdvertisements: ['fd00::1/64'], offLink: true },
      ['dhcp-range=fd00::,ra-only,off-link,64'],
    ],
    ['no way out', { offersRouter: false }, ['no-resolv', 'dhcp-option=3', 'ra-param=*,0,0']],
    ['a domain', { domain: { name: 'a.test', localOnly: false } }, ['domain=a.test', 'expand-hosts']],
    [
      'a domain of its own',
      { domain: { name: 'a.test', localOnly: true } },
      ['local=/a.test/', 'domain=a.test', 'expand-hosts'],
    ],
    ['plain names kept', { dns: { ...dns, forwardPlainNames: false } }, ['domain-needed', 'local=//']],
    [
      'forwarders for some domains',
      { dns: { ...dns, forwarders: [{ domain: 'a.test', address: '10.1.1.1', port: 54 }, { domain: 'b.test' }] } },
      ['server=/a.test/10.1.1.1#54', 'server=/b.test/#'],
    ],
    [
      'a forwarder for everything',
      { dns: { ...dns, forwarders: [{ address: 'fd00::5' }] } },
      ['server=fd00::5', 'no-resolv'],
    ],
    [
      'texts of several strings',
      { dns: { ...dns, txts: [{ name: 'a', value: 'b c,d' }] } },
      ['txt-record=a,"b c","d"'],
    ],
    ['texts', { dns: { ...dns, txts: [{ name: 'a', value: 'b # \\c' }] } }, ['txt-record=a,"b # \\\\c"']],
    [
      'services',
      { dns: { ...dns, srvs: [{ name: '_a._tcp', target: 'h', port: 5, weight: 3 }, { name: '_b._udp' }] } },
      ['srv-host=_a._tcp,h,5,0,3', 'srv-host=_b._udp'],
    ],
    ['reverse zones', { dns: { ...dns, localPtr: ['10.1.2.0/24'] } }, ['local=/2.1.10.in-addr.arpa/']],
    ['a file to boot', { bootp: { file: 'p.0', server: '10.0.0.2' } }, ['dhcp-boot=p.0,,10.0.0.2']],
    ['a file of its own to boot', { bootp: { file: 'p.0' } }, ['dhcp-boot=p.0']],
    ['files to fetch', { tftpRoot: '/srv/tftp' }, ['enable-tftp', 'tftp-root="/srv/tftp"']],
    [
      "the LAN's own server",
      { relay: { local: '10.0.0.1', server: '192.0.2.1', uplink: 'wlan0' } },
      ['dhcp-relay=10.0.0.1,192.0.2.1,wlan0'],
    ],
    ['options of its own', { options: ['log-dhcp', 'address=/x/1.2.3.4'] }, ['log-dhcp', 'address=/x/1.2.3.4']],
  ])('with %s', (_, setup, lines) => {
    expect(added(setup)).toEqual(lines);
  });

  it('without DNS has no port for it', () => {
    const { dns: _, ...silent } = plain;
    const { conf } = writeDnsmasq({ bridge: 'b' }, silent, files);
    expect(conf).toContain('\nport=0\n');
    expect(conf).not.toContain('strict-order');
  });

  it('changes nothing but its lists with static hosts and names', () => {
    const lists = write({
      hosts: [
        { mac: '52:54:00:00:00:01', name: 'a', address: '10.0.0.5', lease: 'infinite' },
        { id: '00:01', address: 'fd00::5', lease: 300 },
        { name: 'c', address: '10.0.0.6' },
      ],
      dns: { ...dns, hosts: [{ address: '10.0.0.7', names: ['d', 'e'] }] },
    });
    expect(lists).toEqual({
      conf: write({}).conf,
      hosts: '52:54:00:00:00:01,a,10.0.0.5,infinite\nid:00:01,[fd00::5],300\nc,10.0.0.6\n',
      addnHosts: '10.0.0.7\td\te\n',
    });
  });
});

describe('no value', () => {
  const bad = ['x\ny=1', 'x\ry', 'x y', 'x,y', 'x"y', 'x#y', '', 'x\0', 'ä'];
  /** Setups that no check has let through, each with the value in another place. */
  const places: Readonly<Record<string, (value: string) => Partial<DnsmasqSetup>>> = {
    'of a domain': (name) => ({ domain: { name, localOnly: true } }),
    'of a forwarder': (address) => ({ dns: { ...dns, forwarders: [{ address }] } }),
    "of a forwarder's domain": (domain) => ({ dns: { ...dns, forwarders: [{ domain }] } }),
    "of a text's name": (name) => ({ dns: { ...dns, txts: [{ name, value: 'x' }] } }),
    'of a service': (name) => ({ dns: { ...dns, srvs: [{ name }] } }),
    "of a service's host": (target) => ({ dns: { ...dns, srvs: [{ name: 'x', target }] } }),
    'of a name': (name) => ({ dns: { ...dns, hosts: [{ address: '10.0.0.1', names: [name] }] } }),
    "of a name's address": (address) => ({ dns: { ...dns, hosts: [{ address, names: ['x'] }] } }),
    'of a range': (low) => ({ ranges: [{ family: 'ipv4', low, high: '10.0.0.1', prefix: 24 }] }),
    'of a static MAC': (mac) => ({ hosts: [{ mac, address: '10.0.0.1' }] }),
    'of a static client': (id) => ({ hosts: [{ id, address: '10.0.0.1' }] }),
    'of a static name': (name) => ({ hosts: [{ name, address: '10.0.0.1' }] }),
    'of a static address': (address) => ({ hosts: [{ address }] }),
    'of a subnet': (subnet) => ({ staticOnly: [{ family: 'ipv4', subnet }] }),
    'of an advertised prefix': (subnet) => ({ routerAdvertisements: [subnet] }),
    'of a reverse zone': (prefix) => ({ dns: { ...dns, localPtr: [prefix] } }),
    'of a file to boot': (file) => ({ bootp: { file } }),
    'of a server to boot from': (server) => ({ bootp: { file: 'x', server } }),
    'of a relay': (uplink) => ({ relay: { local: '10.0.0.1', server: '10.0.0.2', uplink } }),
  };

  it.each(Object.entries(places).flatMap(([place, make]) => bad.map((value) => [place, value, make] as const)))(
    '%s becomes a line or a value of its own: %j',
    (_, value, make) => {
      expect(() => write(make(value))).toThrow();
    },
  );

  it.each(['x\ny', 'X', '', 'x\0'])('becomes an option that is more than a line: %j', (option) => {
    expect(() => write({ options: [option] })).toThrow();
  });

  it.each(['x\ny', '\0'])('of a path becomes a line: %j', (path) => {
    expect(() => writeDnsmasq({ bridge: 'b' }, plain, { ...files, leases: path })).toThrow();
  });

  it('that the protocol lets through makes more lines than there are values', () => {
    const name = fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_-]{0,20}(?:\.[A-Za-z0-9_]{1,9}){0,3}$/);
    const setups = fc.record({
      name: name.filter((each) => !isMistakenName(each)),
      value: fc.stringMatching(/^[ !#-~]{0,255}$/),
      file: fc.stringMatching(/^[A-Za-z0-9_./+@:-]{1,255}$/),
      option: fc.stringMatching(/^[a-z][a-z0-9-]*(?:=[ -~]{0,512})?$/),
    });
    fc.assert(
      fc.property(setups, ({ name: host, value, file, option }) => {
        const setup = dnsmasqSetupSchema.parse({
          ...plain,
          domain: { name: host, localOnly: false },
          dns: { ...dns, txts: [{ name: host, value }], hosts: [{ address: '10.0.0.1', names: [host] }] },
          hosts: [{ name: host, address: '10.0.0.2' }],
          bootp: { file },
          options: [option],
        });
        const text = writeDnsmasq({ bridge: 'b' }, setup, files);
        expect(text.conf).toMatch(/^[\n -~]*$/);
        expect(text.conf.trimEnd().split('\n')).toHaveLength(linesOf({}).length + 5);
        expect(text.hosts).toMatch(/^[!-+\--~]+,10\.0\.0\.2\n$/);
        expect(text.addnHosts).toMatch(/^10\.0\.0\.1\t[!-~]+\n$/);
      }),
    );
  });

  it.each([
    ['ignore', true],
    ['Infinite', true],
    ['12', true],
    ['3h', true],
    ['h3', false],
    ['ignored', false],
  ])('of a static name may be read as something else: %s %s', (name, isMistaken) => {
    expect(isMistakenName(name)).toBe(isMistaken);
    const attempt = () => write({ hosts: [{ name, address: '10.0.0.1' }] });
    if (isMistaken) expect(attempt).toThrow();
    else expect(attempt().hosts).toContain(name);
  });
});

describe('the reverse zones of a prefix', () => {
  it.each([
    ['10.0.0.0/8', ['10.in-addr.arpa']],
    ['192.168.4.0/23', ['4.168.192.in-addr.arpa', '5.168.192.in-addr.arpa']],
    ['10.1.2.3/32', ['3.2.1.10.in-addr.arpa']],
    ['fd00:1234::/32', ['4.3.2.1.0.0.d.f.ip6.arpa']],
    ['fd00:1234::/31', ['4.3.2.1.0.0.d.f.ip6.arpa', '5.3.2.1.0.0.d.f.ip6.arpa']],
  ])('%s', (prefix, zones) => {
    expect(reverseZones(prefix)).toEqual(zones);
  });
});
