import { describe, expect, test } from 'vitest';
import { resolveNetwork } from '../../../main/engine/networks/resolve-network.ts';
import type { HostAddress, HostFacts, HostRoute } from '../../../shared/network/host-facts.ts';
import { sampleForward, sampleNetwork } from '../networks/rules/sample-network.ts';

const route = (family: 'ipv4' | 'ipv6', gateway: string): HostRoute => ({
  family,
  destination: family === 'ipv4' ? '0.0.0.0' : '::',
  prefix: 0,
  device: 'wlan0',
  gateway,
  metric: 600,
  table: 'main',
  protocol: 'dhcp',
});
const address = (text: string, prefix: number): HostAddress => ({
  device: 'wlan0',
  family: text.includes(':') ? 'ipv6' : 'ipv4',
  address: text,
  prefix,
  scope: 'global',
});
const facts = (...addresses: readonly HostAddress[]): HostFacts => ({
  links: [],
  addresses,
  routes: [route('ipv4', '192.168.7.1'), route('ipv6', 'fe80::1')],
  uplinks: { ipv4: 'wlan0', ipv6: 'wlan0' },
  forwarding: { ipv4: false, ipv6: false },
  acceptRa: {},
  dhcpServers: {},
});
const lan = sampleNetwork({ ips: [], forward: sampleForward({ mode: 'lan' }) });
const uplinkOf = (host: HostFacts) => resolveNetwork(lan, [], host).uplink;

describe('the LAN of a network of mode lan', () => {
  test('is that of the device of the default route', () => {
    expect(uplinkOf(facts(address('192.168.7.2', 24)))).toEqual({
      device: 'wlan0',
      subnets: ['192.168.7.0/24'],
      reserved: ['192.168.7.2', '192.168.7.1', 'fe80::1'],
      address: '192.168.7.2',
      ipv6: [],
      dhcpServer: '192.168.7.1',
    });
    expect(uplinkOf(facts())).toBeUndefined();
  });

  test('has the DHCP server that has served the host, or else the router', () => {
    const known = { ...facts(address('192.168.7.2', 24)), dhcpServers: { wlan0: '192.168.7.9', eth0: '10.0.0.1' } };
    expect(uplinkOf(known)?.dhcpServer).toBe('192.168.7.9');
    expect(uplinkOf({ ...known, dhcpServers: { eth0: '10.0.0.1' } })?.dhcpServer).toBe('192.168.7.1');
  });

  test('has IPv6 by the oldest address of every prefix that guests can make addresses of', () => {
    const own = [
      address('2001:db8::aaaa', 64),
      address('fd00::2', 64),
      address('2001:db8::2', 64),
      address('2001:db8:1::2', 128),
    ];
    expect(uplinkOf(facts(...own))?.ipv6).toEqual(['2001:db8::2', 'fd00::2']);
  });
});
