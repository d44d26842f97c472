import { describe, expect, it } from 'vitest';
import { findConflict, standsInTheWay } from '../../../../renderer/features/network/find-conflict.ts';
import { isGuestAddress } from '../../../../renderer/features/network/is-guest-address.ts';
import { joinAddresses } from '../../../../renderer/features/network/join-addresses.ts';
import { readGuest } from '../../../../renderer/features/network/read-guest.ts';
import { readOpening, showOpening } from '../../../../renderer/features/network/read-opening.ts';
import { readPorts } from '../../../../renderer/features/network/read-ports.ts';
import { formatRate, nothingWatched, watchDevice } from '../../../../renderer/features/network/traffic-rates.ts';
import type { TakenPort } from '../../../../shared/rpc/network.ts';

describe('ports that somebody types', () => {
  it.each([
    ['80', { low: 80, high: 80 }],
    [' 8000 - 8010 ', { low: 8000, high: 8010 }],
    ['0', undefined],
    ['65536', undefined],
    ['9-8', undefined],
    ['http', undefined],
    ['', undefined],
  ])('%j', (text, ports) => {
    expect(readPorts(text)).toEqual(ports);
  });
});

describe('the address of a guest', () => {
  const own = ['10.20.30.1/24', 'fd00:1::1/64'];
  it.each([
    ['10.20.30.7', true],
    ['fd00:1::7', true],
    ['10.20.31.7', false],
    ['10.20.30.1', false],
    ['10.20.30.0', false],
    ['10.20.30.255', false],
    ['fd00:2::7', false],
    ['web', false],
  ])('%s: %s', (text, is) => {
    expect(isGuestAddress(text, own)).toBe(is);
  });

  it('is not judged where the network has none of the host', () => {
    expect(isGuestAddress('192.0.2.7', [])).toBe(true);
  });
});

describe('an opening that somebody types', () => {
  it.each([
    ['ssh', ['tcp/22']],
    ['SSH ', ['tcp/22']],
    ['dns', ['udp/53', 'tcp/53']],
    ['8080', ['tcp/8080']],
    ['udp/5000-5010', ['udp/5000-5010']],
    ['constructor', undefined],
    ['sctp/9', undefined],
    ['', undefined],
  ])('%j', (text, shown) => {
    expect(readOpening(text)?.map(showOpening)).toEqual(shown);
  });
});

describe('a guest that somebody types', () => {
  it.each([
    ['web', { by: 'name', name: 'web' }],
    ['10.0.0.7', { by: 'address', address: '10.0.0.7' }],
    ['fd00::7', { by: 'address', address: 'fd00::7' }],
    ['52:54:00:AA:00:01', { by: 'mac', mac: '52:54:00:aa:00:01' }],
    ['10.0.0.300', undefined],
    ['two words', undefined],
    ['', undefined],
  ])('%j', (text, guest) => {
    expect(readGuest(text)).toEqual(guest);
  });
});

describe('a port of the host that is to be forwarded', () => {
  const process = (port: number, everywhere: boolean): TakenPort => ({
    protocol: 'tcp',
    low: port,
    high: port,
    by: { kind: 'process', process: 'sshd', pid: 7, address: everywhere ? '0.0.0.0' : '127.0.0.1', everywhere },
  });
  const forward: TakenPort = { protocol: 'tcp', low: 80, high: 90, by: { kind: 'forward', network: 'lab' } };
  const taken = [process(22, true), process(85, false), process(631, false), forward];

  it.each([
    ['is free', 'tcp', 8080, 8080, undefined, false],
    ['is free over the other protocol', 'udp', 22, 22, undefined, false],
    ['is listened at', 'tcp', 22, 22, 22, true],
    ['is listened at by the host alone', 'tcp', 631, 631, 631, false],
    ['is forwarded already', 'tcp', 90, 100, 90, true],
    ['meets what is in the way before what is not', 'tcp', 85, 85, 85, true],
  ] as const)('%s', (_, protocol, low, high, port, isInTheWay) => {
    const conflict = findConflict(protocol, { low, high }, taken);
    expect(conflict?.port).toBe(port);
    expect(conflict !== undefined && standsInTheWay(conflict)).toBe(isInTheWay);
  });
});

describe('addresses of guests', () => {
  it('stand once each, in their order, with what leases and pins know together', () => {
    const leases = [
      { address: '10.0.0.20', family: 'ipv4', mac: '52:54:00:00:00:02', expires: 99 },
      { address: '10.0.0.9', family: 'ipv4', mac: '52:54:00:00:00:01', hostname: 'web' },
    ] as const;
    const kept = [
      { address: '10.0.0.20', name: 'db' },
      { address: '10.0.0.100', mac: '52:54:00:00:00:03' },
    ];
    expect(joinAddresses(leases, kept)).toMatchObject([
      { address: '10.0.0.9', name: 'web', leased: true, pinned: false },
      { address: '10.0.0.20', name: 'db', leased: true, pinned: true, expires: 99 },
      { address: '10.0.0.100', leased: false, pinned: true },
    ]);
  });
});

describe('what passes a bridge', () => {
  const at = (seconds: number, receivedBytes: number, device = 'br0') => ({
    at: seconds * 1000,
    devices: { [device]: { receivedBytes, receivedPackets: 0, sentBytes: 0, sentPackets: 0 } },
  });
  const watch = (...counts: readonly ReturnType<typeof at>[]) =>
    counts.reduce((watched, count) => watchDevice(watched, 'br0', count), nothingWatched).rates;

  it('is the difference of two counts', () => {
    expect(watch(at(1, 1000), at(3, 2000))).toEqual([{ at: 3000, received: 4000, sent: 0 }]);
  });
  it('begins anew where counters went back', () => {
    expect(watch(at(1, 1000), at(2, 10))).toEqual([]);
  });
  it('does not count the time that the device was away', () => {
    expect(watch(at(1, 1000), at(2, 1, 'other'), at(3, 9000))).toEqual([]);
  });
  it.each([
    [0, '0 bit/s'],
    [999, '999 bit/s'],
    [1500, '1.5 kbit/s'],
    [999_999, '1.0 Mbit/s'],
    [25_000_000, '25 Mbit/s'],
  ])('%i is written %s', (bits, text) => {
    expect(formatRate(bits)).toBe(text);
  });
});
