import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ForwardMode, PortForward } from '../../../shared/network/network-document.ts';
import { sampleSettings, sampleSpan } from '../../unit/networks/rules/sample-network.ts';
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

describe('a port forward', () => {
  const forward = (more: Partial<PortForward> = {}): PortForward => ({
    protocol: 'tcp',
    hostPorts: { low: 8080, high: 8080 },
    guestPorts: { low: 7000, high: 7000 },
    guest: { name: 'web' },
    expires: undefined,
    span: sampleSpan,
    ...more,
  });
  const guestAddresses = families.map((family) => ({ name: 'web', mac: undefined, address: places.a2[family] }));
  const forwarding = (mode: ForwardMode, ...forwards: readonly PortForward[]) =>
    kind(mode, { guestAddresses, settings: sampleSettings({ forwards }) });
  const ask = async (from: Machine, to: Place, port = 8080, by: 'tcp' | 'udp' = 'tcp') =>
    Promise.all(families.map(async (family) => said(await world.stations[from].ask(by, places[to][family], { port }))));

  it.each(['nat', 'route', 'open'] as const)(
    'of a %s network works from the LAN, the host, a sibling and the guest itself',
    async (mode) => {
      world.load(forwarding(mode, forward(), forward({ protocol: 'udp' })), other('nat'));
      for (const by of ['tcp', 'udp'] as const) {
        for (const from of ['lan', 'host', 'a1', 'a2'] as const) {
          expect([by, from, await ask(from, 'host', 8080, by)]).toEqual([by, from, ['yes', 'yes']]);
        }
        expect([by, await ask('a1', 'bridgeA', 8080, by)]).toEqual([by, ['yes', 'yes']]);
      }
    },
  );

  it('leads from sibling to sibling also where bridged packets are shown to the rules', async () => {
    world.showBridged(true);
    world.load(forwarding('nat', forward()));
    expect([await ask('a1', 'host'), await ask('a1', 'bridgeA'), await ask('lan', 'host')]).toEqual(
      Array(3).fill(['yes', 'yes']),
    );
    world.showBridged(false);
  });

  it('shows the guest who asked, but for those who must get the answer from the host', async () => {
    world.load(forwarding('nat', forward()));
    const source = async (from: Machine) =>
      (await world.stations[from].ask('tcp', places.host.ipv4, { port: 8080 })).split(' ')[0];
    expect([await source('lan'), await source('a1'), await source('host')]).toEqual([
      places.lan.ipv4,
      places.bridgeA.ipv4,
      places.bridgeA.ipv4,
    ]);
  });

  it('opens the one port of the one guest', async () => {
    world.load(forwarding('nat', forward()));
    for (const guest of ['a1', 'a2'] as const)
      expect([guest, await ask('lan', guest, 7000)]).toEqual([guest, ['no', 'no']]);
    expect(await ask('lan', 'host', 8081)).toEqual(['no', 'no']);
    expect(await ask('lan', 'host', 8080, 'udp')).toEqual(['no', 'no']);
  });

  it('of an isolated network works from the host and from siblings alone', async () => {
    world.load(forwarding('isolated', forward()));
    expect([await ask('host', 'host'), await ask('a1', 'host'), await ask('lan', 'host')]).toEqual([
      ['yes', 'yes'],
      ['yes', 'yes'],
      ['no', 'no'],
    ]);
  });

  it('is open to guests of another network by the LAN’s address, not by the other bridge’s', async () => {
    world.load(forwarding('nat', forward()), other('nat'));
    expect([await ask('b1', 'host'), await ask('b1', 'bridgeA')]).toEqual([
      ['yes', 'yes'],
      ['no', 'no'],
    ]);
  });

  it('leads each port of a range to its own', async () => {
    const range = forward({ hostPorts: { low: 8000, high: 8002 }, guestPorts: { low: 6999, high: 7001 } });
    world.load(forwarding('nat', range));
    expect(await Promise.all([8000, 8001, 8002].map((port) => ask('lan', 'host', port)))).toEqual([
      ['no', 'no'],
      ['yes', 'yes'],
      ['no', 'no'],
    ]);
  });

  it('does not answer for 127.0.0.1 and ::1', async () => {
    world.load(forwarding('nat', forward()));
    const answers = ['127.0.0.1', '::1'].map((to) => world.stations.host.ask('tcp', to, { port: 8080 }));
    expect(await Promise.all(answers)).toEqual(['refused', 'refused']);
  });

  it('ends when its time is over', async () => {
    const now = Math.floor(Date.now() / 1000);
    world.load(forwarding('nat', forward({ expires: now + 3600 })));
    expect(await ask('lan', 'host')).toEqual(['yes', 'yes']);
    world.load(forwarding('nat', forward({ expires: now - 1 })));
    expect(await ask('lan', 'host')).toEqual(['no', 'no']);
  });
});
