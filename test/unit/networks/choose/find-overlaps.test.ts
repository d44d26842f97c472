import { describe, expect, test } from 'vitest';
import { findOverlaps } from '../../../../main/networks/choose/find-overlaps.ts';
import { parseNetwork } from '../../../../main/networks/parse/parse-network.ts';
import type { HostFacts } from '../../../../shared/network/host-facts.ts';
import type { NetworkDocument } from '../../../../shared/network/network-document.ts';
import { address, host, link, route } from './host.ts';

function network(name: string, ip: string): NetworkDocument {
  const text = `<network><name>${name}</name><bridge name='br-${name}'/><ip address='${ip}' prefix='24'/></network>`;
  const parsed = parseNetwork(text, 'test.xml');
  if (!parsed.ok) throw new Error(parsed.diagnostics[0]?.message);
  return parsed.value;
}

const lab = network('lab', '10.5.5.1');

describe('a network overlaps', () => {
  test.each<[string, HostFacts, readonly object[]]>([
    [
      'the LAN that the host has joined',
      host({
        links: [link('wlan0', 'wireless')],
        addresses: [address('wlan0', '10.5.5.20/24')],
        routes: [route('10.5.5.0/24', 'wlan0')],
      }),
      [{ rival: { kind: 'address', device: 'wlan0', link: 'wireless', subnet: '10.5.5.0/24' }, blocks: true }],
    ],
    [
      'a wider LAN around it',
      host({ links: [link('eth0', 'cable')], addresses: [address('eth0', '10.5.0.9/16')] }),
      [{ rival: { kind: 'address', device: 'eth0', link: 'cable', subnet: '10.5.0.0/16' }, blocks: true }],
    ],
    [
      "Docker's bridge",
      host({ links: [link('docker0', 'docker')], addresses: [address('docker0', '10.5.5.129/25')] }),
      [{ rival: { kind: 'address', device: 'docker0', link: 'docker', subnet: '10.5.5.128/25' }, blocks: true }],
    ],
    [
      'what a VPN leads to',
      host({ links: [link('tun0', 'tunnel')], routes: [route('10.5.5.64/26', 'tun0')] }),
      [{ rival: { kind: 'route', device: 'tun0', link: 'tunnel', subnet: '10.5.5.64/26' }, blocks: true }],
    ],
    [
      'a wide route, which it may hide a part of',
      host({ routes: [route('10.0.0.0/8', undefined)] }),
      [{ rival: { kind: 'route', device: undefined, link: undefined, subnet: '10.0.0.0/8' }, blocks: false }],
    ],
  ])('%s', (_, facts, expected) => {
    const found = findOverlaps(facts, [lab]);
    expect(found).toEqual(expected.map((each) => ({ network: 'lab', subnet: '10.5.5.0/24', ...each })));
  });

  test('another network, and each says so of the other', () => {
    const overlaps = findOverlaps(host({}), [lab, network('other', '10.5.5.2'), network('far', '10.6.0.1')]);
    expect(overlaps.map(({ network: name, rival }) => [name, rival.kind === 'network' && rival.name])).toEqual([
      ['lab', 'other'],
      ['other', 'lab'],
    ]);
  });

  test.each<[string, HostFacts]>([
    [
      'its own bridge',
      host({ addresses: [address('br-lab', '10.5.5.1/24')], routes: [route('10.5.5.0/24', 'br-lab')] }),
    ],
    ['the default route', host({ routes: [route('0.0.0.0/0', 'eth0', '192.168.1.1')] })],
    ['the subnet next to it', host({ addresses: [address('eth0', '10.5.4.1/24')] })],
    ['addresses of the other family', host({ addresses: [address('eth0', 'fd00::1/64')] })],
  ])('not %s', (_, facts) => {
    expect(findOverlaps(facts, [lab])).toEqual([]);
  });
});
