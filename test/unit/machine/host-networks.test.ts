import { describe, expect, test } from 'vitest';
import { uplinkOf } from '../../../main/machine/host-networks.ts';
import { parseLinks, parseRoutes } from '../../../main/machine/parse-ip-json.ts';

const ether = { link_type: 'ether', address: '02:00:00:00:00:01', flags: ['UP'] };
const kindOf = (entry: object): string | undefined => {
  const name = (entry as { ifname: string }).ifname;
  return parseLinks(JSON.stringify([entry]), (device) => device === 'wlp3s0' && name === device).links[0]?.kind;
};

test.each([
  ['lo', { link_type: 'loopback' }, 'loopback'],
  ['enp1s0', ether, 'cable'],
  ['wlp3s0', ether, 'wireless'],
  ['tun0', { link_type: 'none', linkinfo: { info_kind: 'tun', info_data: { type: 'tun' } } }, 'tunnel'],
  ['wg0', { link_type: 'none', linkinfo: { info_kind: 'wireguard' } }, 'tunnel'],
  ['ppp0', { link_type: 'ppp' }, 'tunnel'],
  ['vnet0', { ...ether, linkinfo: { info_kind: 'tun', info_data: { type: 'tap' } } }, 'other'],
  ['docker0', { ...ether, linkinfo: { info_kind: 'bridge' } }, 'docker'],
  ['br-0123456789ab', { ...ether, linkinfo: { info_kind: 'bridge' } }, 'docker'],
  ['virbr0', { ...ether, linkinfo: { info_kind: 'bridge' } }, 'libvirt'],
  ['br0', { ...ether, linkinfo: { info_kind: 'bridge' } }, 'bridge'],
])('%s is known for what it is', (ifname, entry, kind) => {
  expect(kindOf({ ifname, ...entry })).toBe(kind);
});

test('addresses come in their canonical form, with their scope', () => {
  const addr_info = [
    { family: 'inet', local: '192.168.1.20', prefixlen: 24, scope: 'global' },
    { family: 'inet6', local: 'FD00:0:0::2', prefixlen: 64, scope: 'global' },
    { family: 'inet6', local: 'fe80::1', prefixlen: 64, scope: 'link' },
  ];
  const { addresses } = parseLinks(JSON.stringify([{ ifname: 'eth0', ...ether, addr_info }]), () => false);
  expect(addresses.map(({ family, address, prefix, scope }) => `${family} ${address}/${prefix} ${scope}`)).toEqual([
    'ipv4 192.168.1.20/24 global',
    'ipv6 fd00::2/64 global',
    'ipv6 fe80::1/64 link',
  ]);
});

describe('routes', () => {
  const listing = JSON.stringify([
    { dst: 'default', gateway: '192.168.1.1', dev: 'wlan0', metric: 600, protocol: 'dhcp' },
    { dst: 'default', gateway: '10.0.0.1', dev: 'eth0', metric: 100 },
    { dst: 'default', dev: 'tun0', table: '51820' },
    { dst: '10.9.0.0/16', dev: 'tun0' },
    { dst: '10.9.1.1', dev: 'tun0' },
    { type: 'blackhole', dst: '10.8.0.0/16' },
    { type: 'local', dst: '192.168.1.20', dev: 'wlan0', table: 'local' },
    { type: 'broadcast', dst: '192.168.1.255', dev: 'wlan0', table: 'local' },
  ]);
  const routes = parseRoutes(listing, 'ipv4');

  test('are those to other machines, of every table', () => {
    const told = routes.map(({ destination, prefix, device, table }) => `${destination}/${prefix} ${device} ${table}`);
    expect(told).toEqual([
      '0.0.0.0/0 wlan0 main',
      '0.0.0.0/0 eth0 main',
      '0.0.0.0/0 tun0 51820',
      '10.9.0.0/16 tun0 main',
      '10.9.1.1/32 tun0 main',
      '10.8.0.0/16 undefined main',
    ]);
  });

  test('say which device leads out: the best of the main table', () => {
    expect([uplinkOf(routes, 'ipv4'), uplinkOf(routes, 'ipv6')]).toEqual(['eth0', undefined]);
  });

  test.each(['', 'no JSON', '{}', '[1, null]'])('are none in %j', (text) => {
    expect(parseRoutes(text, 'ipv4')).toEqual([]);
  });
});
