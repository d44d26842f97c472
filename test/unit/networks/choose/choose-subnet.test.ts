import { describe, expect, test } from 'vitest';
import { chooseSubnet } from '../../../../main/networks/choose/choose-subnet.ts';
import { chooseUla } from '../../../../main/networks/choose/choose-ula.ts';
import { newNetwork } from '../../../../main/networks/choose/new-network.ts';
import { formatSubnet, overlap, parseSubnet, type Subnet } from '../../../../shared/net/subnet.ts';
import type { HostFacts } from '../../../../shared/network/host-facts.ts';
import type { NetworkDocument } from '../../../../shared/network/network-document.ts';
import { address, host, laptop, link, route } from './host.ts';

const subnet = (text: string): Subnet => {
  const parsed = parseSubnet(text);
  if (parsed === undefined) throw new Error(`${text} is no subnet.`);
  return parsed;
};

const chosen = (facts: HostFacts, definitions: readonly NetworkDocument[] = []): Subnet => {
  const found = chooseSubnet(facts, definitions);
  if (found === undefined) throw new Error('nothing was chosen');
  return found;
};

function defined(name: string, facts: HostFacts, definitions: readonly NetworkDocument[]): NetworkDocument {
  const made = newNetwork({ name, kind: 'nat', uuid: '11111111-2222-4333-8444-555555555555' }, facts, definitions);
  if (!made.ok) throw new Error(made.missing);
  return made.document;
}

describe('a subnet that is chosen', () => {
  test('is the same every time on the same host', () => {
    expect(formatSubnet(chosen(laptop))).toBe(formatSubnet(chosen(laptop)));
  });

  test('is another one on another host', () => {
    const other = host({ ...laptop, links: [link('wlan0', 'wireless', '02:00:00:00:00:02')] });
    expect(formatSubnet(chosen(other))).not.toBe(formatSubnet(chosen(laptop)));
  });

  const hosts: readonly [string, HostFacts][] = [
    ['a laptop', laptop],
    ['no links', host({})],
    ['a VPN to all of 10.0.0.0/8', host({ routes: [route('10.0.0.0/8', 'tun0')] })],
    [
      'VPNs to 10.0.0.0/8 and 172.16.0.0/12',
      host({ routes: [route('10.0.0.0/8', 'tun0'), route('172.16.0.0/12', 'tun0')] }),
    ],
    [
      'a VPN that takes everything in halves',
      host({ routes: [route('0.0.0.0/1', 'tun0'), route('128.0.0.0/1', 'tun0')] }),
    ],
  ];
  test.each(hosts)('is a free private /24 where nobody else tends to be, with %s', (_, facts) => {
    const found = chosen(facts);
    expect(found.prefix).toBe(24);
    const blocks = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'].map(subnet);
    expect(blocks.some((block) => overlap(block, found))).toBe(true);
    const avoided = [
      '192.168.0.0/24',
      '192.168.1.0/24',
      '192.168.100.0/24',
      '192.168.122.0/24',
      '10.0.0.0/16',
      '10.8.0.0/16',
      '172.17.0.0/16',
      '172.31.0.0/16',
    ].map(subnet);
    expect(avoided.filter((each) => overlap(each, found)).map(formatSubnet)).toEqual([]);
    const wide = facts.routes.filter(({ prefix }) => prefix > 1);
    expect(wide.some(({ destination, prefix }) => overlap(subnet(`${destination}/${prefix}`), found))).toBe(false);
  });

  test('has nothing of the host or of other definitions in its /16', () => {
    const first = defined('one', laptop, []);
    const second = chosen(laptop, [first]);
    const [block] = first.ips;
    expect(formatSubnet(second).split('.').slice(0, 2)).not.toEqual(block?.address.split('.').slice(0, 2));
    const taken = formatSubnet(chosen(laptop)).replace('.0/24', '.77/24');
    const moved = chosen(host({ ...laptop, addresses: [address('eth0', taken)] }));
    expect(formatSubnet(moved).split('.').slice(0, 2)).not.toEqual(taken.split('.').slice(0, 2));
  });

  test('is none where all private addresses are taken', () => {
    const routes = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'].map((text) => route(text, 'tun0'));
    expect(chooseSubnet(host({ routes }), [])).toBeUndefined();
  });

  test('may be a popular one where only such are left', () => {
    const routes = ['10.0.0.0/8', '172.16.0.0/12', '192.168.128.0/17'].map((text) => route(text, 'tun0'));
    expect(overlap(chosen(host({ routes })), subnet('192.168.0.0/17'))).toBe(true);
  });
});

test('a unique local prefix comes from the uuid alone', () => {
  expect(formatSubnet(chooseUla('11111111-2222-4333-8444-5555abcdef01'))).toBe('fd55:abcd:ef01::/64');
});
