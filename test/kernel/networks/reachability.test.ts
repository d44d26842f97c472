import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ResolvedNetwork } from '../../../main/networks/resolved-network.ts';
import type { ForwardMode, Reach } from '../../../shared/network/network-document.ts';
import { sampleForward, sampleNetwork, sampleSettings, sampleSpan } from '../../unit/networks/rules/sample-network.ts';
import { families, kind, other, said } from './reach/kinds.ts';
import { createPretendWorld, type Machine, type Place, type PretendWorld, places } from './reach/pretend-world.ts';

let world: PretendWorld;

beforeAll(async () => {
  world = await createPretendWorld();
  world.showBridged(false);
});

afterAll(() => {
  world.close();
});

/** What every protocol of both families says; one word where they agree. */
async function reach(from: Machine, to: Place): Promise<string> {
  const answers = await Promise.all(
    families.flatMap((family) =>
      (['tcp', 'udp', 'ping'] as const).map(
        async (by) => [`${by} ${family}`, said(await world.stations[from].ask(by, places[to][family]))] as const,
      ),
    ),
  );
  const words = new Set(answers.map(([, word]) => word));
  return words.size === 1 ? [...words].join() : answers.map((answer) => answer.join(' ')).join(', ');
}

const pairs = [
  ['a1', 'a2'],
  ['a1', 'bridgeA'],
  ['a1', 'host'],
  ['a1', 'lan'],
  ['a1', 'internet'],
  ['a1', 'bridgeB'],
  ['a1', 'b1'],
  ['b1', 'a1'],
  ['lan', 'a1'],
  ['host', 'a1'],
] as const;

async function reachAll(): Promise<Readonly<Record<string, string>>> {
  const rows = await Promise.all(pairs.map(async ([from, to]) => [`${from} to ${to}`, await reach(from, to)] as const));
  return Object.fromEntries(rows);
}

const words = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(pairs.map(([from, to], at) => [`${from} to ${to}`, text.split(' ')[at] ?? '']));

describe('who reaches whom', () => {
  //                                    a2  bridgeA host lan internet bridgeB b1   b1-a1 lan-a1 host-a1
  it.each<readonly [ForwardMode, ForwardMode, string]>([
    ['isolated', 'nat', 'yes yes yes no no no no no no yes'],
    ['nat', 'nat', 'yes yes yes yes yes no no no no yes'],
    ['nat', 'isolated', 'yes yes yes yes yes no no no no yes'],
    ['nat', 'route', 'yes yes yes yes yes no no no no yes'],
    ['nat', 'open', 'yes yes yes yes yes no no no no yes'],
    ['route', 'route', 'yes yes yes yes yes no yes yes yes yes'],
    ['route', 'nat', 'yes yes yes yes yes no no no yes yes'],
    ['open', 'nat', 'yes yes yes yes yes yes no no yes yes'],
    ['open', 'route', 'yes yes yes yes yes yes yes yes yes yes'],
  ])('%s beside %s', async (mode, beside, wanted) => {
    world.load(kind(mode), other(beside));
    expect(await reachAll()).toEqual(words(wanted));
  });

  it.each<readonly [ForwardMode, string]>([
    ['isolated', 'yes yes yes no no no no no no yes'],
    ['nat', 'yes yes yes yes yes no no no no yes'],
    ['route', 'yes yes yes yes yes no no no yes yes'],
  ])('%s is the same where bridged packets are shown to the rules', async (mode, wanted) => {
    world.showBridged(true);
    world.load(kind(mode), other('nat'));
    expect(await reachAll()).toEqual(words(wanted));
    world.load(kind('isolated', { ips: [] }), other('nat'));
    expect(await reach('a1', 'a2')).toBe('yes');
    world.showBridged(false);
  });

  it('is nobody but the guests where the network has no address', async () => {
    world.load(kind('isolated', { ips: [] }), other('nat'));
    expect(await reachAll()).toEqual(words('yes gone gone gone gone gone gone no no gone'));
  });
});

const seenAs = async (from: Machine, address: string, by: 'tcp' | 'udp' = 'tcp') =>
  (await world.stations[from].ask(by, address)).split(' ');

describe('the source that the LAN sees', () => {
  it.each<readonly [string, Partial<ResolvedNetwork>, string, string]>([
    ['nat', {}, places.host.ipv4, places.a1.ipv6],
    ['nat with IPv6', { forward: sampleForward({ mode: 'nat', natIpv6: true }) }, places.host.ipv4, places.host.ipv6],
    ['route', { forward: sampleForward({ mode: 'route' }) }, places.a1.ipv4, places.a1.ipv6],
    ['open', { forward: sampleForward({ mode: 'open' }) }, places.a1.ipv4, places.a1.ipv6],
  ])('of %s', async (_, more, ipv4, ipv6) => {
    world.load(sampleNetwork(more));
    for (const by of ['tcp', 'udp'] as const) {
      expect([by, (await seenAs('a1', places.lan.ipv4, by))[0]]).toEqual([by, ipv4]);
      expect([by, (await seenAs('a1', places.lan.ipv6, by))[0]]).toEqual([by, ipv6]);
    }
  });

  it('is one of the addresses and ports that the network names', async () => {
    world.ip('host', 'addr add 192.168.77.21/24 dev up0');
    const natAddress = { low: '192.168.77.21', high: '192.168.77.21' };
    world.load(sampleNetwork({ forward: sampleForward({ natAddress, natPorts: { low: 5000, high: 5009 } }) }));
    for (const by of ['tcp', 'udp'] as const) {
      const [address, port] = await seenAs('a1', places.lan.ipv4, by);
      expect([by, address]).toEqual([by, '192.168.77.21']);
      expect(Number(port)).toBeGreaterThanOrEqual(5000);
      expect(Number(port)).toBeLessThanOrEqual(5009);
    }
    expect(await world.stations.a1.ask('ping', places.lan.ipv4)).toBe('pong');
    world.ip('host', 'addr del 192.168.77.21/24 dev up0');
  });
});

describe('a forward device', () => {
  it('is the only way out and in', async () => {
    world.load(kind('nat', { forward: sampleForward({ dev: 'up0' }) }));
    expect([await reach('a1', 'lan'), await reach('lan', 'a1')]).toEqual(['yes', 'no']);
    world.load(kind('nat', { forward: sampleForward({ dev: 'up1' }) }));
    expect([await reach('a1', 'lan'), await reach('a1', 'bridgeA')]).toEqual(['no', 'yes']);
    world.load(kind('route', { forward: sampleForward({ mode: 'route', dev: 'up1' }) }));
    expect([await reach('a1', 'lan'), await reach('lan', 'a1')]).toEqual(['no', 'no']);
  });
});

/** Gives a machine an address that it has no right to, and everybody the way back, so that nothing but the rules keeps an answer away. */
function lie(machine: 'a1' | 'lan', source: string, change: 'add' | 'del'): void {
  const family = source.includes(':') ? 'ipv6' : 'ipv4';
  const [length, option, nodad] = family === 'ipv6' ? ['128', '-6 ', ' nodad'] : ['32', '', ''];
  world.ip(machine, `addr ${change} ${source}/${length} dev lo${change === 'add' ? nodad : ''}`);
  world.ip('host', `${option}route ${change} ${source}/${length} via ${places[machine][family]}`);
  if (machine === 'lan') world.ip('a1', `${option}route ${change} ${source}/${length} via ${places.bridgeA[family]}`);
}

describe('a false source', () => {
  const askAll = (source: string, from: Machine, to: readonly Place[]) => {
    const family = source.includes(':') ? 'ipv6' : 'ipv4';
    return Promise.all(
      to.map(async (place) => said(await world.stations[from].ask('udp', places[place][family], { source }))),
    );
  };

  it.each([
    ['nat', '10.90.7.7'],
    ['nat', 'fd00:90:7::7'],
    ['route', '10.90.7.7'],
    ['route', 'fd00:90:7::7'],
    ['isolated', '10.90.7.7'],
    ['isolated', 'fd00:90:7::7'],
  ] as const)('of a guest of a %s network, %s, goes nowhere', async (mode, source) => {
    lie('a1', source, 'add');
    world.load(kind('open'));
    expect(await askAll(source, 'a1', ['lan', 'bridgeA', 'host'])).toEqual(['yes', 'yes', 'yes']);
    world.load(kind(mode));
    expect(await askAll(source, 'a1', ['lan', 'bridgeA', 'host'])).toEqual(['gone', 'gone', 'gone']);
    lie('a1', source, 'del');
  });

  it.each([
    ['nat', '10.90.1.99'],
    ['route', '10.90.1.99'],
    ['route', 'fd00:90:1::99'],
  ] as const)('of the LAN that poses as a guest of a %s network, %s, is not let in', async (mode, source) => {
    lie('lan', source, 'add');
    world.load(kind('open'));
    expect(await askAll(source, 'lan', ['a1', 'bridgeA'])).toEqual(['yes', 'yes']);
    world.load(kind(mode));
    expect(await askAll(source, 'lan', ['a1', 'bridgeA'])).toEqual(['gone', 'gone']);
    lie('lan', source, 'del');
  });
});

describe('a guest that is on the LAN', () => {
  const uplink = {
    device: 'up0',
    subnets: ['192.168.77.0/24', 'fd00:77::/64'],
    reserved: ['192.168.77.1', 'fd00:77::1'],
    address: '192.168.77.10',
    dhcpServer: undefined,
  };

  it.each([
    ['ipv4', '192.168.77.50', '192.168.77.60'],
    ['ipv6', 'fd00:77::50', 'fd00:77::60'],
  ] as const)('reaches it and is reached by %s, as itself, by the uplink alone', async (family, own, reserved) => {
    const option = family === 'ipv6' ? '-6 ' : '';
    lie('a1', own, 'add');
    lie('a1', reserved, 'add');
    for (const address of [own, reserved]) {
      world.ip('lan', `${option}route add ${address} via ${places.host[family]}`);
    }
    world.load(kind('lan', { ips: [], uplink: { ...uplink, reserved: [reserved] } }), other('nat'));
    const as = async (source: string, to: Place) => world.stations.a1.ask('udp', places[to][family], { source });
    // The address and its routes are new: on a busy machine neighbours are still being looked for.
    let answer = await as(own, 'lan');
    for (let tries = 0; tries < 5 && answer === 'silence'; tries += 1) answer = await as(own, 'lan');
    expect(answer.split(' ')[0]).toBe(own);
    expect([said(await as(own, 'internet')), said(await as(own, 'host')), said(await as(own, 'b1'))]).toEqual([
      'yes',
      'yes',
      'no',
    ]);
    expect(said(await world.stations.lan.ask('tcp', own))).toBe('yes');
    expect(said(await world.stations.b1.ask('tcp', own))).toBe('no');
    // Addresses of elsewhere, and those that others have.
    expect([said(await as(places.a1[family], 'lan')), said(await as(reserved, 'lan'))]).toEqual(['gone', 'gone']);
    world.load(kind('lan', { ips: [], uplink: undefined }), other('nat'));
    expect([said(await as(own, 'lan')), said(await world.stations.lan.ask('tcp', own))]).toEqual(['gone', 'no']);
    for (const address of [own, reserved]) world.ip('lan', `${option}route del ${address} via ${places.host[family]}`);
    lie('a1', own, 'del');
    lie('a1', reserved, 'del');
  });
});

describe('a reach switch', () => {
  const switched = (off: Partial<Reach>) =>
    world.load(kind('nat', { settings: sampleSettings({ reach: { ...sampleSettings().reach, ...off } }) }));

  it('keeps guests from the LAN', async () => {
    switched({ lan: false });
    expect([await reach('a1', 'lan'), await reach('a1', 'internet'), await reach('a1', 'a2')]).toEqual([
      'no',
      'yes',
      'yes',
    ]);
  });

  it('keeps guests from the Internet', async () => {
    switched({ internet: false });
    expect([await reach('a1', 'lan'), await reach('a1', 'internet'), await reach('a1', 'bridgeA')]).toEqual([
      'yes',
      'no',
      'yes',
    ]);
  });

  it('keeps guests from the host, but for DNS', async () => {
    switched({ host: false });
    expect([await reach('a1', 'bridgeA'), await reach('a1', 'host'), await reach('host', 'a1')]).toEqual([
      'no',
      'no',
      'yes',
    ]);
    for (const family of families) {
      const ask = (by: 'tcp' | 'udp') => world.stations.a1.ask(by, places.bridgeA[family], { port: 53 });
      expect([said(await ask('tcp')), said(await ask('udp'))]).toEqual(['yes', 'yes']);
    }
    expect(await reach('a1', 'lan')).toBe('yes');
  });
});

it('an openings list opens what it names and nothing else', async () => {
  const opening = { protocol: 'tcp', ports: { low: 6999, high: 7001 }, service: undefined, span: sampleSpan } as const;
  world.load(kind('nat', { settings: sampleSettings({ openings: [opening] }) }));
  for (const family of families) {
    expect(said(await world.stations.a1.ask('tcp', places.bridgeA[family]))).toBe('yes');
    expect(await world.stations.a1.ask('udp', places.bridgeA[family])).toBe('refused');
    expect(said(await world.stations.a1.ask('udp', places.bridgeA[family], { port: 53 }))).toBe('yes');
  }
  world.load(kind('nat', { settings: sampleSettings({ openings: [] }) }));
  expect(await world.stations.a1.ask('tcp', places.bridgeA.ipv4)).toBe('refused');
});
