import { describe, expect, it } from 'vitest';
import { checkNetworkChanges } from '../../../../shared/plan/check-network-changes.ts';
import { checkNetworkSetup } from '../../../../shared/plan/check-network-setup.ts';
import { type NetworkSetup, networkSetupSchema } from '../../../../shared/plan/network-setup.ts';
import { wholeSetup } from './network-samples.ts';

const { link, dnsmasq } = wholeSetup;
if (link === undefined || dnsmasq === undefined) throw new Error('the sample has both');
const bareDnsmasq = { ...dnsmasq, ranges: [], hosts: [], staticOnly: [], routerAdvertisements: [] };

function withDnsmasq(change: Partial<NonNullable<NetworkSetup['dnsmasq']>>): NetworkSetup {
  return { ...wholeSetup, dnsmasq: { ...bareDnsmasq, ...change } };
}

const { dnsmasq: _, resolve: __, ...unserved } = wholeSetup;
const nothing: NetworkSetup = {
  addresses: [],
  routes: [],
  forwarding: [],
  bandwidth: {},
  accepts: [],
  cures: [],
  taps: [],
};

describe('a setup', () => {
  it('is taken as it should be', () => {
    expect(networkSetupSchema.safeParse(wholeSetup).success).toBe(true);
    expect(checkNetworkSetup(wholeSetup)).toEqual([]);
    expect(checkNetworkSetup(withDnsmasq({}))).toEqual([]);
    expect(checkNetworkSetup(nothing)).toEqual([]);
    expect(checkNetworkSetup({ ...nothing, hostBridge: 'br0', taps: wholeSetup.taps })).toEqual([]);
  });

  it.each<readonly [string, NetworkSetup, RegExp]>([
    ['the loopback device', { ...unserved, accepts: [], link: { ...link, bridge: 'lo' } }, /lo cannot be the name/],
    ['a folder of settings', { ...unserved, accepts: [], link: { ...link, bridge: 'all' } }, /all cannot be the name/],
    ['a MAC address of many', { ...wholeSetup, link: { ...link, mac: '01:00:5e:00:00:01' } }, /no MAC address of one/],
    ['no MAC address', { ...wholeSetup, link: { ...link, mac: '00:00:00:00:00:00' } }, /no MAC address of one/],
    ['an MTU too small for IPv6', { ...wholeSetup, link: { ...link, mtu: 1279 } }, /MTU of at least 1280/],
    ['IPv6 where none is spoken', { ...wholeSetup, link: { ...link, ipv6: false } }, /speaks no IPv6/],
    ['two bridges', { ...wholeSetup, hostBridge: 'br0' }, /one of the host's/],
    ['addresses without a bridge', { ...nothing, addresses: wholeSetup.addresses }, /addresses without a bridge/],
    ['a rate without a bridge', { ...nothing, bandwidth: wholeSetup.bandwidth }, /bandwidth without a bridge/],
    ['TAPs without a bridge', { ...nothing, taps: wholeSetup.taps }, /TAPs without a bridge/],
    [
      'a TAP called lo',
      { ...wholeSetup, taps: [{ device: 'lo', owner: 0, isolated: false, bandwidth: {} }] },
      /lo cannot/,
    ],
    ['a family twice', { ...wholeSetup, forwarding: ['ipv4', 'ipv4'] }, /stands twice/],
    [
      'a resolver elsewhere',
      { ...wholeSetup, resolve: { domain: 'a', server: '192.0.2.1' } },
      /no address of the network/,
    ],
    ['a gateway elsewhere', withRoute({ destination: '10.9.0.0/16', gateway: '10.2.0.1' }), /not in a subnet/],
    ['itself as the gateway', withRoute({ destination: '10.9.0.0/16', gateway: '10.1.1.1' }), /not in a subnet/],
    ['a gateway of the other family', withRoute({ destination: '10.9.0.0/16', gateway: 'fd00:1::2' }), /cannot go/],
    ['a destination with host bits', withRoute({ destination: '10.9.0.1/16', gateway: '10.1.1.2' }), /not a prefix/],
    ['a destination in other words', withRoute({ destination: 'fd00:0::/48', gateway: 'fd00:1::2' }), /not a prefix/],
    ['listening elsewhere', withDnsmasq({ listen: ['192.0.2.1'] }), /would listen on 192\.0\.2\.1/],
    ['a range backwards', withRange('10.1.1.99', '10.1.1.10', 24), /ends before it begins/],
    ['a range that leaves its subnet', withRange('10.1.1.99', '10.1.2.10', 24), /not in a subnet/],
    ['a range of another subnet', withRange('10.2.1.1', '10.2.1.10', 24), /not in a subnet/],
    ['a range of another prefix', withRange('10.1.1.9', '10.1.1.10', 25), /not in a subnet/],
    ['a range of the other family', withRange('fd00:1::10', 'fd00:1::20', 64), /not of ipv4/],
    [
      'addresses that IPv4 guests make',
      withDnsmasq({ ranges: [{ family: 'ipv4', low: '10.1.1.9', high: '10.1.1.10', prefix: 24, slaac: true }] }),
      /no subnet for SLAAC/,
    ],
    [
      'addresses that IPv4 guests make beside static hosts',
      withDnsmasq({ staticOnly: [{ family: 'ipv4', subnet: '10.1.1.0/24', slaac: true }] }),
      /no subnet for SLAAC/,
    ],
    ['a host elsewhere', withDnsmasq({ hosts: [{ name: 'a', address: '10.2.0.1' }] }), /not in a subnet/],
    ['an address for nobody', withDnsmasq({ hosts: [{ address: '10.1.1.7' }] }), /nobody is given/],
    [
      'one address for two',
      withDnsmasq({
        hosts: [
          { name: 'a', address: '10.1.1.7' },
          { name: 'b', address: '10.1.1.7' },
        ],
      }),
      /two hosts are given/,
    ],
    ['advertising another subnet', withDnsmasq({ routerAdvertisements: ['fd00:2::/64'] }), /no ipv6 subnet/],
    ['advertising IPv4', withDnsmasq({ routerAdvertisements: ['10.1.1.0/24'] }), /no ipv6 subnet/],
    ['a folder above', withDnsmasq({ tftpRoot: '/srv/../etc' }), /leads upwards/],
    [
      'DHCP both answered and relayed',
      { ...wholeSetup, dnsmasq: { ...dnsmasq, relay: { local: '10.1.1.1', server: '192.0.2.1', uplink: 'wlan0' } } },
      /both answered and relayed/,
    ],
    ['a forwarder of nothing', withDns({ forwarders: [{}] }), /without address and domain/],
    ['an accept of all devices', withAccept({ hook: 'forward', family: 'ipv4' }), /no device of the network/],
    ['an accept of another device', withAccept({ hook: 'input', family: 'ipv4', iif: 'eth0' }), /no device of the/],
    ['an accept of the wrong side', withAccept({ hook: 'input', family: 'ipv4', oif: 'virbr7' }), /device to leave/],
    [
      'an accept of both families',
      withAccept({ hook: 'input', family: 'ipv4', iif: 'virbr7', saddr: 'fd00::/8' }),
      /of ipv4 names/,
    ],
    [
      'an accept of the wrong ICMP',
      withAccept({ hook: 'input', family: 'ipv6', iif: 'virbr7', protocol: 'icmp' }),
      /of ipv6 names/,
    ],
    [
      'ports of nothing',
      withAccept({ hook: 'input', family: 'ipv4', iif: 'virbr7', dports: { low: 1, high: 2 } }),
      /without ports/,
    ],
    ['an uplink that is the bridge', withProxy({ uplink: 'virbr7' }), /both bridge and uplink/],
    ['a LAN in other words', withProxy({ subnets: ['192.168.1.7/24'] }), /not a prefix/],
  ])('is refused with %s', (_, setup, message) => {
    expect(networkSetupSchema.safeParse(setup).success).toBe(true);
    expect(checkNetworkSetup(setup).join('; ')).toMatch(message);
  });

  it.each([
    '10.1.1.01',
    '10.1.1',
    '0.0.0.0',
    '127.0.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    'ff02::1',
    'fd00:0:0::1',
  ])('is refused with the address %s', (address) => {
    const setup = { ...wholeSetup, addresses: [...wholeSetup.addresses, { address, prefix: 24, prefixRoute: true }] };
    expect(checkNetworkSetup(setup)).toHaveLength(1);
  });

  it('is refused with more bits of prefix than the address has', () => {
    const addresses = [...wholeSetup.addresses, { address: '10.7.0.1', prefix: 33, prefixRoute: true }];
    expect(checkNetworkSetup({ ...wholeSetup, addresses })).toEqual(['10.7.0.1 has a prefix of 33 bits']);
  });
});

describe("a plan's networks", () => {
  const standing = new Map([['a', wholeSetup]]);
  const other: NetworkSetup = { ...nothing, link: { ...link, bridge: 'virbr8' } };
  const messages = (...changes: Parameters<typeof checkNetworkChanges>[0] & object) =>
    checkNetworkChanges(changes, standing).map(({ message }) => message);

  it('may change and replace one another', () => {
    expect(messages({ network: 'a', setup: null }, { network: 'b', setup: wholeSetup })).toEqual([]);
    expect(messages({ network: 'a', setup: other }, { network: 'b', setup: wholeSetup })).toEqual([]);
  });

  it('have nothing in common', () => {
    expect(messages({ network: 'b', setup: { ...other, link: { ...link } } })).toEqual([
      'the device virbr7 is of both "a" and "b"',
    ]);
    expect(messages({ network: 'b', setup: { ...other, taps: wholeSetup.taps } })).toEqual([
      'the device gwtap0 is of both "a" and "b"',
    ]);
    expect(messages({ network: 'b', setup: { ...other, addresses: wholeSetup.addresses } })).toEqual([
      'the address 10.1.1.1 is of both "a" and "b"',
      'the address fd00:1::1 is of both "a" and "b"',
    ]);
  });

  it('are refused where one is not there, stands twice or has no possible name', () => {
    expect(messages({ network: 'b', setup: null })).toEqual(['network "b": it does not stand']);
    expect(messages({ network: 'a', setup: null }, { network: 'a', setup: null })).toEqual([
      'network "a": it stands twice',
    ]);
    expect(messages({ network: '\ud800', setup: other })).toEqual([expect.stringMatching(/cannot be kept/)]);
  });
});

function withRoute(route: NetworkSetup['routes'][number]): NetworkSetup {
  return { ...wholeSetup, routes: [route] };
}

function withRange(low: string, high: string, prefix: number): NetworkSetup {
  return withDnsmasq({ ranges: [{ family: 'ipv4', low, high, prefix }] });
}

function withDns(change: Partial<NonNullable<NonNullable<NetworkSetup['dnsmasq']>['dns']>>): NetworkSetup {
  const { dns } = bareDnsmasq;
  return dns === undefined ? wholeSetup : withDnsmasq({ dns: { ...dns, ...change } });
}

function withAccept(accept: NetworkSetup['accepts'][number]): NetworkSetup {
  return { ...wholeSetup, accepts: [accept] };
}

function withProxy(change: Partial<NonNullable<NetworkSetup['proxy']>>): NetworkSetup {
  return { ...wholeSetup, proxy: { uplink: 'wlan0', ipv6: true, reserved: [], subnets: [], ...change } };
}
