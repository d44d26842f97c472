import { describe, expect, it } from 'vitest';
import type { ResolvedNetwork } from '../../../../main/networks/resolved-network.ts';
import { composeSetup } from '../../../../main/networks/setup/compose-setup.ts';
import type { Dhcp, PortForward } from '../../../../shared/network/network-document.ts';
import { checkNetworkSetup } from '../../../../shared/plan/check-network-setup.ts';
import { type NetworkSetup, networkSetupSchema, type TapSetup } from '../../../../shared/plan/network-setup.ts';
import { sampleForward, sampleIp, sampleNetwork, sampleSettings, sampleSpan } from '../rules/sample-network.ts';

/** The setup of a network, which the helper would take. */
function setupOf(more: Partial<ResolvedNetwork> = {}, taps: readonly TapSetup[] = []): NetworkSetup {
  const setup = composeSetup(sampleNetwork(more), taps, []);
  expect(networkSetupSchema.safeParse(setup).error).toBeUndefined();
  expect(checkNetworkSetup(setup)).toEqual([]);
  return setup;
}

const dhcp = (more: Partial<Dhcp> = {}): Dhcp => ({ ranges: [], hosts: [], bootp: undefined, ...more });
const host = { mac: undefined, id: undefined, name: undefined, lease: undefined, span: sampleSpan };
const range4 = { low: '10.90.1.2', high: '10.90.1.254', lease: undefined, span: sampleSpan };
const uplink = {
  device: 'wlan0',
  subnets: ['192.168.7.0/24', 'fd00:7::/64'],
  reserved: ['192.168.7.1', '192.168.7.2'],
  address: '192.168.7.2',
  ipv6: ['fd00:7::2'],
  dhcpServer: '192.168.7.1',
};
const lan = { ips: [], forward: sampleForward({ mode: 'lan' }), uplink };
const to = (address: string): PortForward => ({
  protocol: 'tcp',
  hostPorts: { low: 8080, high: 8080 },
  guestPorts: { low: 80, high: 80 },
  guest: { address },
  expires: undefined,
  span: sampleSpan,
});
const tap: TapSetup = { device: 'gwt0', owner: 1000, isolated: false, bandwidth: {} };

describe('what a network needs of the host', () => {
  it('is a bridge with the addresses of the definition', () => {
    expect(setupOf()).toMatchObject({
      link: { bridge: 'gwa', mac: '52:54:00:00:00:01', stp: true, forwardDelay: 0, ipv6: true, learning: true },
      addresses: [
        { address: '10.90.1.1', prefix: 24, prefixRoute: true },
        { address: 'fd00:90:1::1', prefix: 64, prefixRoute: true },
      ],
    });
  });

  it('is no IPv6 on a bridge without an IPv6 address', () => {
    expect(setupOf({ ips: [sampleIp('10.90.1.1', 24)] }).link?.ipv6).toBe(false);
    expect(setupOf({ ips: [] }).link?.ipv6).toBe(false);
  });

  it.each([
    ['nat', ['ipv4', 'ipv6']],
    ['route', ['ipv4', 'ipv6']],
    ['open', ['ipv4', 'ipv6']],
    ['isolated', []],
  ] as const)('of %s is forwarding of %j', (mode, families) => {
    expect(setupOf({ forward: sampleForward({ mode }) }).forwarding).toEqual(families);
    const ipv4Only = setupOf({ forward: sampleForward({ mode }), ips: [sampleIp('10.90.1.1', 24)] });
    expect(ipv4Only.forwarding).toEqual(families.filter((family) => family === 'ipv4'));
  });

  it('is nothing of a bridge of the host’s own but a place for TAPs', () => {
    const setup = setupOf({ forward: sampleForward({ mode: 'bridge' }), ips: [] }, [tap]);
    expect(setup).toMatchObject({ hostBridge: 'gwa', addresses: [], forwarding: [], taps: [tap] });
    expect(setup.link).toBeUndefined();
    expect(setup.dnsmasq).toBeUndefined();
  });

  it('keeps guests apart where the definition or the reach switch says so', () => {
    const { reach } = sampleSettings();
    const isolated = (more: Partial<ResolvedNetwork>) => setupOf(more, [tap]).taps.map((one) => one.isolated);
    expect(isolated({})).toEqual([false]);
    expect(isolated({ portsIsolated: true })).toEqual([true]);
    expect(isolated({ settings: sampleSettings({ reach: { ...reach, guests: false } }) })).toEqual([true]);
    expect(setupOf({ portsIsolated: true }).link?.isolated).toBe(true);
    expect(setupOf({}).link).not.toHaveProperty('isolated');
  });

  it('is static routes with their subnets written as such', () => {
    const route = { family: 'ipv4', address: '10.99.7.7', prefix: 16, gateway: '10.90.1.9', span: sampleSpan } as const;
    const routes = [
      { ...route, metric: undefined },
      { ...route, address: '10.98.0.0', metric: 7 },
    ];
    expect(setupOf({ routes }).routes).toEqual([
      { destination: '10.99.0.0/16', gateway: '10.90.1.9' },
      { destination: '10.98.0.0/16', gateway: '10.90.1.9', metric: 7 },
    ]);
  });

  it('is the host’s own resolver where the domain is registered', () => {
    const domain = { name: 'lab.example', localOnly: true, register: true };
    const { dns } = sampleNetwork();
    expect(setupOf({ domain }).resolve).toEqual({ domain: 'lab.example', server: '10.90.1.1' });
    expect(setupOf({ domain: { ...domain, register: false } }).resolve).toBeUndefined();
    expect(setupOf({ domain, dns: { ...dns, enabled: false } }).resolve).toBeUndefined();
  });

  it.each<[string, Partial<ResolvedNetwork>, boolean | undefined]>([
    ['a port is forwarded by IPv4', { settings: sampleSettings({ forwards: [to('10.90.1.9')] }) }, true],
    ['ports are forwarded by IPv6 alone', { settings: sampleSettings({ forwards: [to('fd00:90:1::9')] }) }, undefined],
    ['nothing is forwarded', {}, undefined],
  ])('lets answers to 127.0.0.1 in where %s', (_, more, loopback) => {
    expect(setupOf(more).link?.loopback).toBe(loopback);
  });

  it('is bandwidth without what is not said', () => {
    const bandwidth = { inbound: { average: 1000, peak: 2000, burst: undefined }, outbound: undefined };
    expect(setupOf({ bandwidth }).bandwidth).toEqual({ inbound: { average: 1000, peak: 2000 } });
  });

  it('of mode lan is answering for guests on the uplink, by the host’s own address', () => {
    expect(setupOf(lan)).toMatchObject({
      addresses: [
        { address: '192.168.7.2', prefix: 32, prefixRoute: false },
        { address: 'fd00:7::2', prefix: 64, prefixRoute: false },
      ],
      link: { ipv6: true },
      forwarding: ['ipv4', 'ipv6'],
      proxy: { uplink: 'wlan0', ipv6: true, subnets: uplink.subnets, reserved: uplink.reserved },
      dnsmasq: { relay: { local: '192.168.7.2', server: '192.168.7.1', uplink: 'wlan0' }, ranges: [] },
    });
    expect(setupOf(lan).dnsmasq).toMatchObject({ routerAdvertisements: ['fd00:7::/64'], offLink: true });
    const ipv4 = { ...uplink, subnets: ['192.168.7.0/24'], ipv6: [] };
    expect(setupOf({ ...lan, uplink: ipv4 })).toMatchObject({ link: { ipv6: false }, proxy: { ipv6: false } });
    expect(setupOf({ ...lan, uplink: ipv4 }).dnsmasq?.routerAdvertisements).toEqual([]);
    expect(setupOf({ ...lan, uplink: undefined }).proxy).toBeUndefined();
    expect(setupOf({ ...lan, uplink: { ...ipv4, dhcpServer: undefined } }).dnsmasq).toBeUndefined();
    expect(setupOf({ ...lan, uplink: { ...uplink, dhcpServer: undefined } }).dnsmasq?.relay).toBeUndefined();
  });
});

describe('DHCP and DNS', () => {
  const dnsmasqOf = (more: Partial<ResolvedNetwork>) => setupOf(more).dnsmasq;
  const { dns } = sampleNetwork();
  const noDns = { dns: { ...dns, enabled: false } };

  it('are one dnsmasq where the network has an address, and anything to serve', () => {
    expect(dnsmasqOf({ ips: [sampleIp('10.90.1.1', 24)] })).toMatchObject({ listen: ['10.90.1.1'], ranges: [] });
    expect(dnsmasqOf({ ips: [sampleIp('10.90.1.1', 24)], ...noDns })).toBeUndefined();
    expect(dnsmasqOf({ ips: [] })).toBeUndefined();
  });

  it('give addresses of the ranges, and hosts theirs', () => {
    const hosts = [{ ...host, mac: 0x525400000007n, name: 'web', address: '10.90.1.7', lease: 3600 }];
    const setup = dnsmasqOf({
      ips: [sampleIp('10.90.1.1', 24, { dhcp: dhcp({ ranges: [range4], hosts }) })],
      ...noDns,
    });
    expect(setup?.dns).toBeUndefined();
    expect(setup?.ranges).toEqual([{ family: 'ipv4', low: '10.90.1.2', high: '10.90.1.254', prefix: 24 }]);
    expect(setup?.hosts).toEqual([{ mac: '52:54:00:00:00:07', name: 'web', address: '10.90.1.7', lease: 3600 }]);
    expect(setup?.staticOnly).toEqual([]);
  });

  it('know no guests but the hosts where there is no range', () => {
    const hosts = [{ ...host, mac: 7n, address: '10.90.1.7' }];
    const six = [{ ...host, id: '00:01', address: 'fd00:90:1::7' }];
    const ips = [
      sampleIp('10.90.1.1', 24, { dhcp: dhcp({ hosts }) }),
      sampleIp('fd00:90:1::1', 64, { dhcp: dhcp({ hosts: six }) }),
    ];
    expect(dnsmasqOf({ ips })?.staticOnly).toEqual([
      { family: 'ipv4', subnet: '10.90.1.0/24' },
      { family: 'ipv6', subnet: 'fd00:90:1::/64' },
    ]);
  });

  it('advertise routers where IPv6 has no DHCP, and the prefix is one of which addresses are made', () => {
    const range6 = { low: 'fd00:90:1::2', high: 'fd00:90:1::ff', lease: undefined, span: sampleSpan };
    expect(dnsmasqOf({ ips: [sampleIp('fd00:90:1::1', 64)] })?.routerAdvertisements).toEqual(['fd00:90:1::/64']);
    expect(dnsmasqOf({ ips: [sampleIp('fd00:90:1::1', 80)] })?.routerAdvertisements).toEqual([]);
    const served = sampleIp('fd00:90:1::1', 64, { dhcp: dhcp({ ranges: [range6] }) });
    expect(dnsmasqOf({ ips: [served] })?.routerAdvertisements).toEqual([]);
  });

  it('offer a way out, but not where there is none', () => {
    expect(dnsmasqOf({})?.offersRouter).toBe(true);
    expect(dnsmasqOf({ forward: sampleForward({ mode: 'isolated' }) })?.offersRouter).toBe(false);
  });

  it('answer with the names of the definition', () => {
    const setup = dnsmasqOf({
      domain: { name: 'lab.example', localOnly: true, register: false },
      ips: [sampleIp('10.90.1.1', 24, { localPtr: true, tftpRoot: '/srv/tftp' })],
      dns: {
        ...dns,
        forwardPlainNames: false,
        forwarders: [{ address: '192.0.2.53', port: undefined, domain: 'example' }],
        hosts: [{ address: '10.90.1.5', hostnames: ['five', 'v'], span: sampleSpan }],
        txts: [{ name: 'note', value: 'a b' }],
        srvs: [
          {
            service: 'ldap',
            protocol: 'tcp',
            domain: 'lab.example',
            target: 'five.lab.example',
            port: 389,
            priority: 1,
            weight: undefined,
          },
          {
            service: 'sip',
            protocol: 'udp',
            domain: undefined,
            target: undefined,
            port: undefined,
            priority: undefined,
            weight: undefined,
          },
        ],
      },
    });
    expect(setup).toMatchObject({
      domain: { name: 'lab.example', localOnly: true },
      tftpRoot: '/srv/tftp',
      dns: {
        forwardPlainNames: false,
        forwarders: [{ address: '192.0.2.53', domain: 'example' }],
        hosts: [{ address: '10.90.1.5', names: ['five', 'v'] }],
        txts: [{ name: 'note', value: 'a b' }],
        srvs: [
          { name: '_ldap._tcp.lab.example', target: 'five.lab.example', port: 389, priority: 1 },
          { name: '_sip._udp' },
        ],
        localPtr: ['10.90.1.0/24'],
      },
    });
  });
});
