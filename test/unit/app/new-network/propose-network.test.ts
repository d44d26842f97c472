import { describe, expect, it } from 'vitest';
import { proposeNetwork } from '../../../../main/app/new-network/propose-network.ts';
import type { HostFacts, LinkKind } from '../../../../shared/network/host-facts.ts';
import type { Wish } from '../../../../shared/rpc/new-network.ts';

const link = (name: string, kind: LinkKind) => ({ name, kind, mac: '52:54:00:00:00:01', up: true, master: undefined });
const host: HostFacts = {
  links: [link('wlan0', 'wireless'), link('br0', 'bridge')],
  addresses: [{ device: 'wlan0', family: 'ipv4', address: '192.168.1.23', prefix: 24, scope: 'global' }],
  routes: [],
  uplinks: { ipv4: 'wlan0', ipv6: undefined },
  forwarding: { ipv4: true, ipv6: true },
  acceptRa: {},
  dhcpServers: {},
};
const uuid = '00000000-0000-4000-8000-000000000000';
const propose = (wish: Wish, facts = host) => proposeNetwork(wish, facts, [], uuid);

describe('a network that is proposed', () => {
  it.each<[string, Wish, object]>([
    [
      'a nat network with everything',
      {},
      { name: 'default', kind: 'nat', dhcp: expect.anything(), wirelessUplink: true },
    ],
    ['a name of the person’s', { name: 'home' }, { name: 'home', domain: 'home.internal' }],
    ['another kind', { kind: 'isolated' }, { name: 'isolated', kind: 'isolated', uplink: undefined }],
    ['a subnet of the person’s', { subnet: '10.20.30.0/24' }, { subnet: '10.20.30.0/24' }],
    ['no DHCP', { dhcp: false }, { dhcp: undefined }],
    [
      'addresses of the person’s',
      { subnet: '10.20.30.0/24', range: { first: '10.20.30.50', last: '10.20.30.60' } },
      { dhcp: { first: '10.20.30.50', last: '10.20.30.60' } },
    ],
    [
      'the first of them alone',
      { subnet: '10.20.30.0/24', range: { first: '10.20.30.50', last: '' } },
      { dhcp: { first: '10.20.30.50', last: '10.20.30.254' } },
    ],
    ['a domain of the person’s', { domain: ' farm.example ' }, { domain: 'farm.example' }],
    ['a subnet inside of a VPN’s wide route', { subnet: '10.20.30.0/24' }, { subnet: '10.20.30.0/24' }],
    ['on the LAN', { kind: 'lan' }, { kind: 'lan', subnet: undefined, uplink: 'wlan0' }],
    ['on a bridge that is there', { kind: 'bridge' }, { kind: 'bridge', uplink: 'br0', bridges: ['br0'] }],
    ['who has what', {}, { taken: [{ subnet: '192.168.1.0/24', by: 'the LAN on wlan0 (192.168.1.0/24)' }] }],
  ])('%s', (_, wish, wanted) => {
    expect(propose(wish)).toMatchObject({ ok: true, value: wanted });
  });

  it.each<[string, Wish, HostFacts, RegExp]>([
    ['a subnet that is none', { subnet: '10.0.0.1' }, host, /is not a subnet/],
    ['a subnet of the LAN’s', { subnet: '192.168.1.0/24' }, host, /192\.168\.1\.0\/24 is taken by the LAN on wlan0/],
    ['a subnet around the LAN’s', { subnet: '192.168.0.0/16' }, host, /is taken by the LAN on wlan0/],
    [
      'a range outside of the subnet',
      { subnet: '10.20.30.0/24', range: { first: '10.1.1.1', last: '' } },
      host,
      /not inside of the subnet/,
    ],
    [
      'a range the wrong way round',
      { range: { first: '10.20.30.9', last: '10.20.30.5' }, subnet: '10.20.30.0/24' },
      host,
      /ends before it starts/,
    ],
    ['a range that is none', { range: { first: 'here', last: '' } }, host, /is not an IPv4 address/],
    ['a domain that is none', { domain: 'a b' }, host, /is not a name/],
    ['a subnet without room', { subnet: '10.0.0.0/31' }, host, /no room/],
    [
      'a LAN that is not there',
      { kind: 'lan' },
      { ...host, uplinks: { ipv4: undefined, ipv6: undefined } },
      /on no LAN/,
    ],
    ['a bridge that is not there', { kind: 'bridge' }, { ...host, links: [] }, /no bridge/],
  ])('is refused for %s', (_, wish, facts, message) => {
    expect(propose(wish, facts)).toMatchObject({ ok: false, failure: { message: expect.stringMatching(message) } });
  });

  it('keeps its IPv6 subnet while one types, for it is made of the UUID', () => {
    const ipv6 = (name: string) => {
      const proposed = propose({ name });
      return proposed.ok && proposed.value.ipv6;
    };
    expect(ipv6('a')).toBe(ipv6('ab'));
  });
});
