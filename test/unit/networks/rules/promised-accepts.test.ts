import { describe, expect, it } from 'vitest';
import type { ResolvedNetwork } from '../../../../main/networks/resolved-network.ts';
import { promisedAccepts } from '../../../../main/networks/rules/promised-accepts.ts';
import type { Accept } from '../../../../shared/plan/network-setup.ts';
import { sampleForward, sampleIp, sampleNetwork, sampleSettings, sampleSpan } from './sample-network.ts';

/** `forward ipv4 iif gwa saddr 10.90.1.0/24 established`. */
function show({ hook, family, dports, protocol, connection, ...where }: Accept): string {
  const places = (['iif', 'oif', 'saddr', 'daddr'] as const).flatMap((key) =>
    where[key] === undefined ? [] : [`${key} ${where[key]}`],
  );
  const ports = dports === undefined ? [] : [dports.low === dports.high ? dports.low : `${dports.low}-${dports.high}`];
  return [hook, family, ...places, ...(protocol ?? '').split(' ').filter(Boolean), ...ports, connection ?? '']
    .join(' ')
    .trim();
}

const shown = (network: ResolvedNetwork, hook: Accept['hook'] = 'forward') =>
  promisedAccepts(network)
    .filter((accept) => accept.hook === hook)
    .map(show);

const guests = ['forward ipv4 iif gwa oif gwa', 'forward ipv6 iif gwa oif gwa'];
const ipv4Only = { ips: [sampleIp('10.90.1.1', 24)] };

describe('what the host’s own firewall must let through', () => {
  it.each<readonly [string, Partial<ResolvedNetwork>, readonly string[]]>([
    ['isolated', { forward: sampleForward({ mode: 'isolated' }) }, []],
    ['very isolated', { forward: sampleForward({ mode: 'isolated' }), ips: [] }, []],
    ['bridge', { forward: sampleForward({ mode: 'bridge' }), ips: [] }, []],
    [
      'nat',
      {},
      [
        'forward ipv4 iif gwa saddr 10.90.1.0/24',
        'forward ipv4 oif gwa daddr 10.90.1.0/24 established',
        'forward ipv6 iif gwa saddr fd00:90:1::/64',
        'forward ipv6 oif gwa daddr fd00:90:1::/64 established',
      ],
    ],
    [
      'nat through one device',
      { ...ipv4Only, forward: sampleForward({ dev: 'up0' }) },
      [
        'forward ipv4 iif gwa oif up0 saddr 10.90.1.0/24',
        'forward ipv4 iif up0 oif gwa daddr 10.90.1.0/24 established',
      ],
    ],
    [
      'route',
      { ...ipv4Only, forward: sampleForward({ mode: 'route' }) },
      ['forward ipv4 iif gwa saddr 10.90.1.0/24', 'forward ipv4 oif gwa daddr 10.90.1.0/24'],
    ],
    [
      'open',
      { ...ipv4Only, forward: sampleForward({ mode: 'open' }) },
      ['forward ipv4 iif gwa', 'forward ipv4 oif gwa', 'forward ipv6 iif gwa', 'forward ipv6 oif gwa'],
    ],
    [
      'lan',
      {
        ips: [],
        forward: sampleForward({ mode: 'lan' }),
        uplink: {
          device: 'wlan0',
          subnets: ['192.168.7.0/24'],
          reserved: [],
          address: '192.168.7.2',
          dhcpServer: '192.168.7.1',
        },
      },
      ['forward ipv4 iif gwa oif wlan0 saddr 192.168.7.0/24', 'forward ipv4 iif wlan0 oif gwa daddr 192.168.7.0/24'],
    ],
    ['lan without an uplink', { ips: [], forward: sampleForward({ mode: 'lan' }) }, []],
  ])('of %s, forwarding', (_, more, wanted) => {
    expect(shown(sampleNetwork(more))).toEqual([...guests, ...wanted]);
  });

  it('is DHCP and DNS on the bridge alone, and nothing of a host that is not part of the network', () => {
    expect(shown(sampleNetwork(ipv4Only), 'input')).toEqual([
      'input ipv4 iif gwa udp 67',
      'input ipv4 iif gwa udp 53',
      'input ipv4 iif gwa tcp 53',
      'input ipv4 iif gwa established',
    ]);
    expect(shown(sampleNetwork({ ips: [sampleIp('fd00:90:1::1', 64)] }), 'input')).toEqual([
      'input ipv6 iif gwa udp 547',
      'input ipv6 iif gwa udp 53',
      'input ipv6 iif gwa tcp 53',
      'input ipv6 iif gwa icmpv6',
      'input ipv6 iif gwa established',
    ]);
    expect(shown(sampleNetwork({ ips: [], forward: sampleForward({ mode: 'isolated' }) }), 'input')).toEqual([]);
  });

  it('is no DNS where the network has none', () => {
    const { dns } = sampleNetwork();
    expect(shown(sampleNetwork({ ...ipv4Only, dns: { ...dns, enabled: false } }), 'input')).toEqual([
      'input ipv4 iif gwa udp 67',
      'input ipv4 iif gwa established',
    ]);
  });

  it('is, in mode lan, the neighbours of IPv6 and the answers of the LAN’s DHCP server', () => {
    const uplink = {
      device: 'wlan0',
      subnets: ['192.168.7.0/24', 'fd00:7::/64'],
      reserved: [],
      address: '192.168.7.2',
      dhcpServer: '192.168.7.1',
    };
    const network = sampleNetwork({ ips: [], forward: sampleForward({ mode: 'lan' }), uplink });
    expect(shown(network, 'input')).toEqual([
      'input ipv6 iif gwa icmpv6',
      'input ipv4 iif gwa udp 67',
      'input ipv4 iif wlan0 saddr 192.168.7.1/32 udp 67',
    ]);
  });

  it('is every opening, from guests', () => {
    const openings = [{ protocol: 'tcp', ports: { low: 22, high: 22 }, service: 'ssh', span: sampleSpan }] as const;
    const network = sampleNetwork({ ...ipv4Only, settings: sampleSettings({ openings }) });
    expect(shown(network, 'input')).toContain('input ipv4 iif gwa saddr 10.90.1.0/24 tcp 22');
  });

  it('is what a port forward leads to its guest, and the way back', () => {
    const forward = {
      protocol: 'tcp',
      hostPorts: { low: 8080, high: 8081 },
      guestPorts: { low: 80, high: 81 },
      guest: { address: '10.90.1.20' },
      expires: undefined,
      span: sampleSpan,
    } as const;
    const settings = sampleSettings({ forwards: [forward] });
    const network = sampleNetwork({ ...ipv4Only, settings });
    expect(shown(network)).toContain('forward ipv4 oif gwa daddr 10.90.1.20/32 tcp 80-81 dnat');
    expect(shown(network)).toContain('forward ipv4 iif gwa saddr 10.90.1.20/32 established');
    expect(shown(network, 'output')).toContain('output ipv4 oif gwa daddr 10.90.1.20/32 tcp 80-81 dnat');
    const isolated = sampleNetwork({ ...ipv4Only, settings, forward: sampleForward({ mode: 'isolated' }) });
    expect(shown(isolated)).toEqual(guests);
    expect(shown(isolated, 'output')).toContain('output ipv4 oif gwa daddr 10.90.1.20/32 tcp 80-81 dnat');
  });
});
