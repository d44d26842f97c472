import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseIpv4 } from '../../../shared/net/ipv4.ts';
import { formatMac, parseMac } from '../../../shared/net/mac.ts';
import type { ForwardMode, PortForward } from '../../../shared/network/network-document.ts';
import { ipPacket } from '../../frames/ip.ts';
import { ethernetFrame, etherType } from '../../frames/link.ts';
import { tcpSegment } from '../../frames/transport.ts';
import { sampleSettings, sampleSpan } from '../../unit/networks/rules/sample-network.ts';
import { runTool } from '../rig/run-tool.ts';
import { openTap } from '../rig/tap.ts';
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

  /** As the helper has it where ports of 127.0.0.1 are forwarded. */
  const letLoopbackIn = (setting: 0 | 1) =>
    world.host.run(() => runTool('/usr/sbin/sysctl', ['-qw', `net.ipv4.conf.gwa.route_localnet=${setting}`]));

  it.each([
    ['', false],
    [' where bridged packets are shown to the rules', true],
  ])('answers for 127.0.0.1, but not for other loopback addresses%s', async (_, shown) => {
    world.showBridged(shown);
    letLoopbackIn(1);
    world.load(forwarding('nat', forward(), forward({ protocol: 'udp' })));
    const answers = ['127.0.0.1', '127.0.0.53', '::1'].flatMap((to) =>
      (['tcp', 'udp'] as const).map(async (by) => said(await world.stations.host.ask(by, to, { port: 8080 }))),
    );
    expect(await Promise.all(answers)).toEqual(['yes', 'yes', 'no', 'no', 'no', 'no']);
    letLoopbackIn(0);
    world.showBridged(false);
  });

  it('lets no guest reach what the host serves at 127.0.0.1, nor speak as it', async () => {
    const intruder = await plugIntruder();
    try {
      letLoopbackIn(1);
      world.load(kind('nat'));
      expect(intruder.isAnswered('127.0.0.1'), 'without the guard').toBe(true);
      world.load(forwarding('nat', forward()));
      expect(intruder.isAnswered(places.bridgeA.ipv4)).toBe(true);
      for (const shown of [false, true]) {
        world.showBridged(shown);
        for (const to of ['127.0.0.1', '127.0.0.53']) expect([to, intruder.isAnswered(to)]).toEqual([to, false]);
        intruder.send('127.0.0.1', places.bridgeA.ipv4);
      }
      const rules = world.host.run(() => runTool('/usr/sbin/nft', ['list', 'table', 'inet', 'guestward']));
      const dropped = [...rules.matchAll(/ip (?:daddr|saddr) 127\.0\.0\.0\/8 counter packets (\d+) /g)].map(
        ([, count]) => count,
      );
      expect(dropped).toEqual(['4', '2']);
    } finally {
      intruder.close();
      world.showBridged(false);
      letLoopbackIn(0);
    }
  });

  /** A guest on gwa that sends what it likes: TCP's first segment to port 7000, which asks for an answer. */
  async function plugIntruder() {
    const [own, mac] = ['10.90.1.99', 0x5254_0000_0099n];
    const tap = world.host.run(() => openTap('intruder'));
    world.ip('host', 'link set dev intruder master gwa up');
    world.ip('host', `neigh replace ${own} lladdr ${formatMac(mac)} dev gwa`);
    const [{ address }] = world.host.run(() =>
      JSON.parse(runTool('/usr/sbin/ip', ['-json', 'link', 'show', 'dev', 'gwa'])),
    );
    const value = (text: string) => parseIpv4(text) ?? 0n;
    let port = 40_000;
    const send = (from: string, to: string) => {
      const ends = { family: 'ipv4', source: value(from), destination: value(to) } as const;
      port += 1;
      const segment = tcpSegment(ends, { source: port, destination: 7000 });
      const link = { source: mac, destination: parseMac(address) ?? 0n };
      tap.write(ethernetFrame(link, etherType.ipv4, ipPacket(ends, 6, segment)));
    };
    return {
      send,
      isAnswered(to: string): boolean {
        send(own, to);
        for (let frame = tap.read(500); frame !== undefined; frame = tap.read(500)) {
          const isSegment = frame.readUInt16BE(12) === etherType.ipv4 && frame[23] === 6;
          if (isSegment && BigInt(frame.readUInt32BE(26)) === value(to) && frame.readUInt16BE(36) === port) return true;
        }
        return false;
      },
      close() {
        tap.close();
      },
    };
  }

  it('does not lead a guest back to itself where bridged packets are shown to the rules: its port sends nothing back', async () => {
    world.showBridged(true);
    world.load(forwarding('nat', forward()));
    expect(await ask('a2', 'host')).toEqual(['gone', 'gone']);
    world.showBridged(false);
  });

  it('ends when its time is over', async () => {
    const now = Math.floor(Date.now() / 1000);
    world.load(forwarding('nat', forward({ expires: now + 3600 })));
    expect(await ask('lan', 'host')).toEqual(['yes', 'yes']);
    world.load(forwarding('nat', forward({ expires: now - 1 })));
    expect(await ask('lan', 'host')).toEqual(['no', 'no']);
  });
});
