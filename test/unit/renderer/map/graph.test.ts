import { describe, expect, it } from 'vitest';
import { type MapGraph, mapGraph, mostNics } from '../../../../renderer/features/map/map-graph.ts';
import { nicShield } from '../../../../renderer/features/map/nic-shield.ts';
import type { Machine, Uplink } from '../../../../shared/rpc/machine.ts';
import { machineOf, networkOf, nicOf, nicsOn } from '../../../doubles/machine-of.ts';

const none: ReadonlySet<string> = new Set();
const uplink = (device: string, rest: Partial<Uplink> = {}): Uplink => ({
  device,
  kind: 'cable',
  up: true,
  addresses: [],
  defaultFor: ['ipv4'],
  gateways: [],
  ...rest,
});
const problem = { kind: 'apart', severity: 'error', message: 'It is in no bridge.' } as const;
const ids = ({ nodes }: MapGraph): readonly string[] => nodes.map(({ id }) => id);
const lines = ({ edges }: MapGraph): readonly string[] => edges.map(({ id }) => id);

describe('what is drawn of a machine', () => {
  it.each<readonly [string, Partial<Machine>, readonly string[], readonly string[]]>([
    ['nothing but the host', {}, ['host'], []],
    ['a way out', { uplinks: [uplink('eth0')] }, ['uplink:eth0', 'host'], ['uplink:eth0>host']],
    ['a network', { networks: [networkOf('home')] }, ['host', 'network:home'], ['host>network:home']],
    [
      'a guest on its network',
      { networks: [networkOf('home')], nics: [nicOf('vnet0', { network: 'home', bridge: 'br-home' })] },
      ['host', 'network:home', 'nic:vnet0'],
      ['host>network:home', 'network:home>nic:vnet0'],
    ],
    [
      "a guest on somebody else's bridge",
      { foreignBridges: [{ device: 'virbr0', owner: 'libvirt' }], nics: [nicOf('vnet0', { bridge: 'virbr0' })] },
      ['host', 'bridge:virbr0', 'nic:vnet0'],
      ['host>bridge:virbr0', 'bridge:virbr0>nic:vnet0'],
    ],
    [
      'a guest on a bridge that nobody is known to own',
      { nics: [nicOf('vnet0', { bridge: 'br9' })] },
      ['host', 'bridge:br9', 'nic:vnet0'],
      ['host>bridge:br9', 'bridge:br9>nic:vnet0'],
    ],
    [
      'a guest of a network that is not to be seen, on its bridge',
      { nics: [nicOf('vnet0', { network: 'gone', bridge: 'br9' })] },
      ['host', 'bridge:br9', 'nic:vnet0'],
      ['host>bridge:br9', 'bridge:br9>nic:vnet0'],
    ],
    [
      "a network on the host's own bridge, past the host",
      {
        uplinks: [uplink('br0', { kind: 'bridge' })],
        networks: [networkOf('wire', { kind: 'bridge', bridge: 'br0' })],
      },
      ['uplink:br0', 'host', 'network:wire'],
      ['uplink:br0>host', 'uplink:br0>network:wire'],
    ],
    [
      'a guest in no bridge, with no way to anywhere',
      { nics: [nicOf('vnet0')] },
      ['host', 'apart', 'nic:vnet0'],
      ['apart>nic:vnet0'],
    ],
  ])('%s', (_, machine, nodes, edges) => {
    const graph = mapGraph(machineOf(machine), none);
    expect(ids(graph)).toEqual(nodes);
    expect(lines(graph)).toEqual(edges);
  });

  it.each<readonly [string, Partial<Machine>, boolean, boolean]>([
    ['is still where its network is stopped', { networks: [networkOf('home', { started: false })] }, true, false],
    ['is still where the way out is down', { uplinks: [uplink('eth0', { up: false })] }, true, false],
    ['is still where the NIC is down', { nics: [nicOf('vnet0', { up: false })] }, true, false],
    ['is still where the NIC is away', { nics: [nicOf('vnet0', { present: false })] }, true, false],
    ['has the NIC’s problem', { nics: [nicOf('vnet0', { problems: [problem] })] }, false, true],
    ['has the network’s problem', { networks: [networkOf('home', { problems: [problem] })] }, false, true],
    [
      'has no problem where that is only a warning',
      { networks: [networkOf('home', { problems: [{ ...problem, severity: 'warning' }] })] },
      false,
      false,
    ],
  ])('a line %s', (_, machine, isStill, hasProblem) => {
    expect(mapGraph(machineOf(machine), none).edges).toMatchObject([{ isStill, hasProblem }]);
  });
});

describe('many guests on one network', () => {
  const machine = (count: number): Machine =>
    machineOf({ networks: [networkOf('home')], nics: [...nicsOn('home', count)] });
  const group = 'group:network:home';

  it('stand one by one as long as they are few', () => {
    expect(ids(mapGraph(machine(mostNics), none))).not.toContain(group);
  });

  it('are one node with one line, which says what it hides', () => {
    const graph = mapGraph(machine(237), none);
    expect(ids(graph)).toEqual(['host', 'network:home', group]);
    expect(graph.nodes.at(-1)).toMatchObject({ counts: { filtered: 237, open: 0, trouble: 0 }, isRest: false });
    expect(graph.edges.at(-1)?.devices).toHaveLength(237);
  });

  it('come apart when their group is opened, within it', () => {
    const graph = mapGraph(machine(237), new Set([group]));
    expect(graph.nodes.filter((node) => node.kind === 'nic' && node.parent === group)).toHaveLength(237);
    expect(lines(graph)).toEqual(['host>network:home', `network:home>${group}`]);
  });

  it('keep those beside the group that have problems, and the group counts the rest of them', () => {
    const wrong = [1, 2, 3, 4, 5, 6].map((at) => nicOf(`bad${at}`, { network: 'home', problems: [problem] }));
    const graph = mapGraph({ ...machine(20), nics: [...nicsOn('home', 20), ...wrong] }, none);
    expect(ids(graph)).toEqual(['host', 'network:home', 'nic:bad1', 'nic:bad2', 'nic:bad3', 'nic:bad4', group]);
    expect(graph.nodes.at(-1)).toMatchObject({ counts: { filtered: 20, open: 2, trouble: 2 }, isRest: true });
  });
});

describe('bridges that no guest is on', () => {
  const docker = (count: number): Partial<Machine> => ({
    foreignBridges: Array.from({ length: count }, (_, at) => ({ device: `br-${at}`, owner: 'docker' })),
  });

  it.each([
    [4, ['host', 'bridge:br-0', 'bridge:br-1', 'bridge:br-2', 'bridge:br-3']],
    [5, ['host', 'bridges:docker']],
  ])('%i of them', (count, nodes) => {
    expect(ids(mapGraph(machineOf(docker(count)), none))).toEqual(nodes);
  });
});

describe('a shield', () => {
  const filter = { name: 'clean-traffic', parameters: {} };
  const warning = { kind: 'awaited', severity: 'warning', message: 'It is not there yet.' } as const;

  it.each([
    ['is none without a filter', {}, 'current', 'open'],
    ['is not known without rights', {}, 'unknown', 'unknown'],
    ['holds', { filter }, 'current', 'holds'],
    ['waits for its device', { filter, present: false, problems: [warning] }, 'current', 'waits'],
    ['fails where something is wrong', { filter, problems: [problem] }, 'current', 'fails'],
    ['fails where the kernel has lost the rules', { filter }, 'lost', 'fails'],
  ] as const)('%s', (_, nic, force, shield) => {
    expect(nicShield(nicOf('vnet0', nic as object), force)).toBe(shield);
  });
});
