import type { Chain, Element, NftSet, Ruleset, SetDefinition, Table } from '../../../../shared/plan/ruleset.ts';
import type { TableFamily } from '../../../../shared/plan/table-families.ts';
import { type Direction, directions, type Policy } from '../../policy/policy.ts';
import type { KernelAbilities } from '../backend.ts';
import { clearChain, dispatchChain, guardChain, markChain } from './base-chains.ts';
import { frameShape } from './frame-shape.ts';
import { type PacketPlace, packetShape } from './packet-shape.ts';
import { portNumbers } from './port-numbers.ts';
import type { Shape } from './shape.ts';

/** Collects what all NICs need; equal names have equal contents, so that what is shared comes out once. */
class TableBuilder {
  readonly chains = new Map<string, Chain>();
  readonly definitions = new Map<string, SetDefinition>();
  readonly elements = new Map<string, Map<string, Element>>();

  declare(set: string, definition: SetDefinition): void {
    this.definitions.set(set, definition);
    if (!this.elements.has(set)) this.elements.set(set, new Map());
  }

  add(set: string, definition: SetDefinition, element: Element): void {
    this.declare(set, definition);
    this.elements.get(set)?.set(`${element.port} ${element.values.join(' ')}`, element);
  }

  addShape(shape: Shape, port: string | number): void {
    for (const [name, chain] of shape.chains) this.chains.set(name, chain);
    for (const { set, definition } of shape.counters) this.declare(set, definition);
    for (const { set, definition, rows } of shape.values) {
      for (const values of rows) this.add(set, definition, { port, values: [...values] });
    }
  }

  build(): Table {
    const sets: Record<string, NftSet> = {};
    for (const [name, definition] of this.definitions) {
      sets[name] = { definition, elements: [...(this.elements.get(name)?.values() ?? [])] };
    }
    return { chains: Object.fromEntries(this.chains), sets };
  }
}

const verdictsByDevice: SetDefinition = { kind: 'verdicts', key: 'ifname', fields: [] };
const verdictsByMark: SetDefinition = { kind: 'verdicts', key: 'mark', fields: [] };
const marksByDevice: SetDefinition = { kind: 'marks', key: 'ifname', fields: [] };

const deviceKey = (direction: Direction) => (direction === 'out' ? 'iifname' : 'oifname');

export function packetPlace(direction: Direction, { bridgeConntrack, bridgeReject }: KernelAbilities): PacketPlace {
  if (!bridgeConntrack) return { table: 'inet', key: 'mark', answersRejects: true };
  // nft_reject_bridge answers from prerouting and input alone, and what is sent to a guest is judged later.
  return { table: 'bridge', key: deviceKey(direction), answersRejects: bridgeReject && direction === 'out' };
}

function addFrames(policy: Policy, direction: Direction, bridge: TableBuilder): void {
  const shape = frameShape(policy.frames[direction], direction);
  if (shape.entry === undefined) return;
  const map = `frames_${direction}`;
  bridge.addShape(shape, policy.device);
  bridge.add(map, verdictsByDevice, { port: policy.device, values: [], chain: shape.entry });
  bridge.chains.set(map, dispatchChain(`frames-${direction}`, deviceKey(direction), map));
}

function addPackets(
  policy: Policy,
  direction: Direction,
  tables: Readonly<Record<TableFamily, TableBuilder>>,
  abilities: KernelAbilities,
  numberOf: (device: string) => number,
): void {
  const place = packetPlace(direction, abilities);
  const shape = packetShape(policy.packets[direction], direction, place);
  if (shape.entry === undefined) return;
  const table = tables[place.table];
  const map = `packets_${direction}`;
  const port = place.key === 'mark' ? numberOf(policy.device) : policy.device;
  table.addShape(shape, port);
  table.add(map, place.key === 'mark' ? verdictsByMark : verdictsByDevice, { port, values: [], chain: shape.entry });
  table.chains.set(map, dispatchChain(`packets-${direction}`, place.key, map));
  if (place.key !== 'mark') return;
  const marks = `mark_${direction}`;
  tables.bridge.add(marks, marksByDevice, { port: policy.device, values: [], mark: numberOf(policy.device) });
  tables.bridge.chains.set(marks, markChain(`mark-${direction}`, deviceKey(direction), marks));
  tables.bridge.chains.set(`guard_${direction}`, guardChain(`guard-${direction}`));
  tables.inet.chains.set(`clear_${direction}`, clearChain(`clear-${direction}`));
}

/** What the two tables must hold for these NICs: one dispatch for each direction, chains by shape, values by port. */
export function compileRuleset(policies: readonly Policy[], abilities: KernelAbilities, inForce: Ruleset): Ruleset {
  const tables = { bridge: new TableBuilder(), inet: new TableBuilder() };
  const stateful = policies.filter(({ packets }) =>
    directions.some((direction) => packets[direction].ipv4.length + packets[direction].ipv6.length > 0),
  );
  const numbers = portNumbers(
    stateful.map(({ device }) => device),
    inForce,
  );
  for (const policy of policies) {
    for (const direction of directions) {
      addFrames(policy, direction, tables.bridge);
      addPackets(policy, direction, tables, abilities, (device) => numbers.get(device) as number);
    }
  }
  return { bridge: tables.bridge.build(), inet: tables.inet.build() };
}

/** Whether bridged packets have to be shown to the inet family. */
export function needsBridgeNetfilter({ inet }: Ruleset): boolean {
  return Object.keys(inet.chains).length > 0;
}
