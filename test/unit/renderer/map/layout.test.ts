import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fitMap, readableZoom, showBox } from '../../../../renderer/features/map/fit-map.ts';
import { idOf, mapGraph } from '../../../../renderer/features/map/map-graph.ts';
import { type Box, type MapLayout, mapLayout } from '../../../../renderer/features/map/map-layout.ts';
import { type Step, walkMap } from '../../../../renderer/features/map/walk-map.ts';
import type { Machine } from '../../../../shared/rpc/machine.ts';
import { machineOf, networkOf, nicOf, nicsOn } from '../../../doubles/machine-of.ts';

/** Pairs of boxes that lie on each other, but for an opened group and what is in it. */
function overlaps({ boxes }: MapLayout): readonly string[] {
  const all = [...boxes].toSorted(([, a], [, b]) => a.y - b.y);
  const found: string[] = [];
  for (const [at, [id, a]] of all.entries()) {
    for (const [other, b] of all.slice(at + 1)) {
      if (b.y >= a.y + a.height) break;
      const isApart = b.x >= a.x + a.width || a.x >= b.x + b.width;
      const isWithin = (outer: Box, inner: Box): boolean =>
        inner.x > outer.x &&
        inner.y > outer.y &&
        inner.x + inner.width < outer.x + outer.width &&
        inner.y + inner.height < outer.y + outer.height;
      const isGroup = (id.startsWith('group:') && isWithin(a, b)) || (other.startsWith('group:') && isWithin(b, a));
      if (!isApart && !isGroup) found.push(`${id} ${other}`);
    }
  }
  return found;
}

const machines: fc.Arbitrary<Machine> = fc
  .record({
    guests: fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 6 }),
    bridges: fc.integer({ min: 0, max: 8 }),
    uplinks: fc.integer({ min: 0, max: 12 }),
    apart: fc.integer({ min: 0, max: 20 }),
    hasDirect: fc.boolean(),
  })
  .map(({ guests, bridges, uplinks, apart, hasDirect }) =>
    machineOf({
      uplinks: Array.from({ length: uplinks }, (_, at) => ({
        device: `eth${at}`,
        kind: 'cable',
        up: true,
        addresses: [],
        defaultFor: [],
        gateways: [],
      })),
      foreignBridges: Array.from({ length: bridges }, (_, at) => ({ device: `virbr${at}`, owner: 'libvirt' })),
      networks: guests.map((_, at) =>
        networkOf(`net${at}`, hasDirect && at === 0 ? { kind: 'bridge', bridge: 'eth0' } : {}),
      ),
      nics: [
        ...guests.flatMap((count, at) => nicsOn(`net${at}`, count, at * 100)),
        ...Array.from({ length: apart }, (_, at) => nicOf(`tap${at}`)),
      ],
    }),
  );

const groupsOf = (machine: Machine): ReadonlySet<string> =>
  new Set([...machine.networks.map(({ name }) => idOf('group', idOf('network', name))), 'group:apart']);

describe('where things stand', () => {
  it('nothing lies on anything, whatever the machine is, closed and opened', () => {
    fc.assert(
      fc.property(machines, fc.boolean(), (machine, isOpen) => {
        const graph = mapGraph(machine, isOpen ? groupsOf(machine) : new Set());
        const layout = mapLayout(graph);
        expect([...layout.boxes.keys()].toSorted()).toEqual(graph.nodes.map(({ id }) => id).toSorted());
        expect(overlaps(layout)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('a thousand guests on one network, each by itself, lie on nothing', () => {
    const machine = machineOf({ networks: [networkOf('home')], nics: [...nicsOn('home', 1000)] });
    const layout = mapLayout(mapGraph(machine, groupsOf(machine)));
    expect(layout.boxes.size).toBe(1003);
    expect(overlaps(layout)).toEqual([]);
  });

  it('it is the same each time', () => {
    const [machine] = fc.sample(machines, { numRuns: 1, seed: 7 });
    if (machine === undefined) throw new Error('nothing was sampled');
    expect(mapLayout(mapGraph(machine, new Set()))).toEqual(mapLayout(mapGraph(machine, new Set())));
  });

  it("a line to a network on the host's own bridge passes below the host", () => {
    const uplink = { device: 'br0', kind: 'bridge', up: true, addresses: [], defaultFor: [], gateways: [] } as const;
    const networks = [networkOf('wire', { kind: 'bridge', bridge: 'br0' }), networkOf('home')];
    const { boxes } = mapLayout(mapGraph(machineOf({ uplinks: [uplink as never], networks }), new Set()));
    const of = (id: string): Box => boxes.get(id) ?? { x: 0, y: 0, width: 0, height: 0 };
    const below = of('host').y + of('host').height;
    expect(of('network:wire').y).toBeGreaterThan(below);
    expect(of('uplink:br0').y).toBeGreaterThan(below);
  });
});

describe('where it is looked at from', () => {
  it.each([
    ['a small picture in the middle, not too large', { width: 400, height: 200 }, { x: 270, y: 185, zoom: 1.15 }],
    ['a picture that fits when it is made smaller', { width: 1000, height: 500 }, { x: 20, y: 60, zoom: 0.96 }],
    ['one that is too large, from its corner', { width: 4000, height: 4000 }, { x: 20, y: 20, zoom: readableZoom }],
    ['one that is too high, from its top', { width: 500, height: 4000 }, { x: 290, y: 20, zoom: readableZoom }],
  ])('%s', (_, picture, view) => {
    expect(fitMap(picture, { width: 1000, height: 600 })).toEqual(view);
  });

  it.each([
    ['in sight: not moved', { x: 100, y: 100, width: 100, height: 50 }, { x: 0, y: 0 }],
    ['at the right: moved as far as it needs', { x: 950, y: 100, width: 100, height: 50 }, { x: -70, y: 0 }],
    ['above', { x: 100, y: -100, width: 100, height: 50 }, { x: 0, y: 120 }],
    ['larger than the window: its beginning', { x: 100, y: 100, width: 5000, height: 50 }, { x: -80, y: 0 }],
  ])('a node %s', (_, box, view) => {
    expect(showBox(box, { x: 0, y: 0, zoom: 1 }, { width: 1000, height: 600 })).toEqual({ ...view, zoom: 1 });
  });
});

describe('arrow keys', () => {
  const uplink = { device: 'eth0', kind: 'cable', up: true, addresses: [], defaultFor: [], gateways: [] } as const;
  const machine = machineOf({
    uplinks: [uplink as never],
    networks: [networkOf('home'), networkOf('lab')],
    nics: [...nicsOn('home', 2), ...nicsOn('lab', 20, 100)],
  });
  const group = 'group:network:lab';
  const graph = mapGraph(machine, new Set([group]));
  const layout = mapLayout(graph);

  it.each<readonly [string, Step, string | undefined]>([
    ['uplink:eth0', 'ArrowRight', 'host'],
    ['host', 'ArrowLeft', 'uplink:eth0'],
    ['network:home', 'ArrowDown', 'network:lab'],
    ['network:lab', 'ArrowUp', 'network:home'],
    ['network:home', 'ArrowUp', undefined],
    ['network:home', 'ArrowRight', 'nic:vnet0'],
    ['nic:vnet0', 'ArrowDown', 'nic:vnet1'],
    ['nic:vnet1', 'ArrowLeft', 'network:home'],
    ['network:lab', 'ArrowRight', group],
    [group, 'ArrowRight', 'nic:vnet100'],
    ['nic:vnet100', 'ArrowRight', 'nic:vnet101'],
    ['nic:vnet101', 'ArrowLeft', 'nic:vnet100'],
    ['nic:vnet100', 'ArrowLeft', group],
    ['host', 'Home', 'uplink:eth0'],
    ['host', 'End', 'nic:vnet119'],
    ['nic:gone', 'ArrowUp', 'uplink:eth0'],
  ])('from %s, %s', (from, step, to) => {
    expect(walkMap(graph, layout, from, step)).toBe(to);
  });
});
