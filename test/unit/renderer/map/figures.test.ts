import { describe, expect, it } from 'vitest';
import { addDrops, quietAfter, settleDrops } from '../../../../renderer/features/map/drops-now.ts';
import { mapRows, type SortColumn, searchRows, sortRows } from '../../../../renderer/features/map/map-rows.ts';
import {
  formatByteRate,
  lineWidth,
  nextTraffic,
  noTraffic,
  rateOf,
} from '../../../../renderer/features/map/traffic-now.ts';
import type { Traffic } from '../../../../shared/rpc/machine.ts';
import { machineOf, networkOf, nicOf } from '../../../doubles/machine-of.ts';

describe('traffic between two counts', () => {
  const count = (at: number, devices: Readonly<Record<string, readonly [number, number]>>): Traffic => ({
    at,
    devices: Object.fromEntries(
      Object.entries(devices).map(([device, [receivedBytes, sentBytes]]) => [
        device,
        { receivedBytes, sentBytes, receivedPackets: 0, sentPackets: 0 },
      ]),
    ),
  });
  const first = nextTraffic(noTraffic, count(1000, { vnet0: [1000, 0], vnet1: [500, 500] }));

  it.each([
    ['is not known after one', [], {}],
    ['is what came in between', [count(3000, { vnet0: [3000, 400] })], { vnet0: { received: 1000, sent: 200 } }],
    ['is none of a device that went back', [count(2000, { vnet0: [10, 0] })], {}],
    ['is none of a device that is new', [count(2000, { tap9: [10, 0] })], {}],
    ['stays where time has not gone on', [count(1000, { vnet0: [9000, 0] })], {}],
  ] as const)('%s', (_, counts, rates) => {
    expect(counts.reduce(nextTraffic, first).rates).toEqual(rates);
  });

  it('of several devices is their sum', () => {
    expect(rateOf({ a: { received: 1, sent: 2 }, b: { received: 10, sent: 20 } }, ['a', 'b', 'c'])).toEqual({
      received: 11,
      sent: 22,
    });
  });

  it.each([
    [0, '0 B/s', 1.5],
    [999, '999 B/s', 2],
    [1200, '1.2 kB/s', 2],
    [9960, '10 kB/s', 2],
    [1_234_000, '1.2 MB/s', 3],
    [999_600, '1.0 MB/s', 3],
    [125_000_000, '125 MB/s', 4.5],
    [3_000_000_000_000, '3000 GB/s', 4.5],
  ])('%i bytes a second', (bytes, text, width) => {
    expect(formatByteRate(bytes)).toBe(text);
    expect(lineWidth(bytes)).toBe(width);
  });
});

describe('drops', () => {
  const seen = (device: string, count: number, network?: string) => ({
    groups: [
      {
        name: 'x',
        device,
        direction: 'out' as const,
        summary: 'x',
        count,
        at: 0,
        ...(network !== undefined && { network }),
      },
    ],
    lost: 0,
  });
  const places = { nics: [nicOf('vnet0')] };

  it.each([
    ['of a guest are at the guest', [seen('vnet0', 3)], { 'nic:vnet0': 3 }],
    ['of a guest add up', [seen('vnet0', 3), seen('vnet0', 4)], { 'nic:vnet0': 7 }],
    ['of a network’s rule are at the network', [seen('br-home', 2, 'home')], { 'network:home': 2 }],
    ['of a guest by a network’s rule are at the guest', [seen('vnet0', 2, 'home')], { 'nic:vnet0': 2 }],
    ['of what is not drawn are nowhere', [seen('vnet7', 2)], {}],
  ])('%s', (_, told, packets) => {
    let drops = {};
    for (const each of told) drops = addDrops(drops, each, places, 1000);
    expect(drops).toEqual(
      Object.fromEntries(Object.entries(packets).map(([id, count]) => [id, { packets: count, at: 1000, isNow: true }])),
    );
  });

  it('are no longer now some time after the last one, and change nothing before', () => {
    const drops = addDrops({}, seen('vnet0', 3), places, 1000);
    expect(settleDrops(drops, 1000 + quietAfter - 1)).toBe(drops);
    expect(settleDrops(drops, 1000 + quietAfter)).toEqual({ 'nic:vnet0': { packets: 3, at: 1000, isNow: false } });
  });
});

describe('the table', () => {
  const machine = machineOf({
    uplinks: [
      {
        device: 'wlan0',
        kind: 'wireless',
        up: true,
        addresses: ['192.168.1.5/24'],
        defaultFor: ['ipv4'],
        gateways: [],
      },
    ],
    foreignBridges: [{ device: 'docker0', owner: 'docker' }],
    networks: [networkOf('home')],
    nics: [
      nicOf('vnet10', { network: 'home', hypervisor: { name: 'QEMU', guest: 'web' } }),
      nicOf('vnet9', { up: false, problems: [{ kind: 'x', severity: 'error', message: 'It is broken.' }] }),
    ],
  });
  const rows = mapRows(machine);
  const names = (found: typeof rows): readonly string[] => found.map(({ name }) => name);

  it('says all that the map shows', () => {
    expect(rows.map(({ name, place, address, state }) => [name, place, address, state])).toEqual([
      ['wlan0', '', '192.168.1.5/24', 'Wi-Fi, main way out'],
      ['workbench', '', '', 'this computer'],
      ['home', '', '10.20.30.1/24', 'NAT, started, 1 guest'],
      ['docker0', '', '', 'bridge of Docker'],
      ['web (vnet10)', 'home', '', 'open'],
      ['vnet9', 'In no bridge', '', 'open, down'],
    ]);
  });

  it.each<readonly [SortColumn, boolean, readonly string[]]>([
    ['name', false, ['docker0', 'home', 'vnet9', 'web (vnet10)', 'wlan0', 'workbench']],
    ['name', true, ['workbench', 'wlan0', 'web (vnet10)', 'vnet9', 'home', 'docker0']],
    ['address', false, ['home', 'wlan0', 'workbench', 'docker0', 'web (vnet10)', 'vnet9']],
    ['address', true, ['wlan0', 'home', 'workbench', 'docker0', 'web (vnet10)', 'vnet9']],
    ['problems', true, ['vnet9', 'wlan0', 'workbench', 'home', 'docker0', 'web (vnet10)']],
    ['traffic', true, ['docker0', 'wlan0', 'workbench', 'home', 'web (vnet10)', 'vnet9']],
  ])('by %s, downwards: %s', (column, isDown, order) => {
    const rate = ({ name }: { readonly name: string }): number => (name === 'docker0' ? 5 : 0);
    expect(names(sortRows(rows, { column, isDown }, rate))).toEqual(order);
  });

  it.each([
    ['', 6],
    ['vnet', 2],
    ['WI-FI', 1],
    ['guest broken', 1],
    ['home', 2],
    ['nowhere', 0],
  ])('search for %j', (text, count) => {
    expect(searchRows(rows, text)).toHaveLength(count);
  });
});
