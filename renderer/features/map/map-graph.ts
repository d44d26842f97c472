import type { Machine, NetworkSummary, Nic, Uplink } from '../../../shared/rpc/machine.ts';
import { nicShield, type Shield } from './nic-shield.ts';

export type BridgeOwner = Machine['foreignBridges'][number]['owner'];

export interface GroupCounts {
  readonly filtered: number;
  readonly open: number;
  readonly unknown: number;
  readonly trouble: number;
}

/** What is drawn as one thing. */
export type MapNode =
  | { readonly kind: 'uplink'; readonly id: string; readonly uplink: Uplink }
  | { readonly kind: 'host'; readonly id: string; readonly name: string; readonly isOnline: boolean }
  | { readonly kind: 'network'; readonly id: string; readonly network: NetworkSummary; readonly guests: number }
  | {
      readonly kind: 'bridge';
      readonly id: string;
      readonly device: string;
      readonly owner: BridgeOwner;
      readonly guests: number;
    }
  /** Bridges of one owner that no guest is on. */
  | { readonly kind: 'bridges'; readonly id: string; readonly owner: BridgeOwner; readonly devices: readonly string[] }
  /** Where NICs are that are in no bridge. */
  | { readonly kind: 'apart'; readonly id: string; readonly guests: number }
  | {
      readonly kind: 'nic';
      readonly id: string;
      readonly nic: Nic;
      readonly shield: Shield;
      /** The node that it is plugged into, or the open group that it stands in. */
      readonly parent: string;
    }
  | {
      readonly kind: 'group';
      readonly id: string;
      readonly parent: string;
      readonly devices: readonly string[];
      readonly counts: GroupCounts;
      readonly isOpen: boolean;
      /** Some of the place's NICs stand beside it. */
      readonly isRest: boolean;
    };

export interface MapEdge {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  /** The node whose line it is: what may pass here is told there. */
  readonly subject: string;
  /** Whose counters tell what passes. */
  readonly devices: readonly string[];
  /** Nothing can pass: stopped, down or away. */
  readonly isStill: boolean;
  readonly hasProblem: boolean;
}

export interface MapGraph {
  readonly nodes: readonly MapNode[];
  readonly edges: readonly MapEdge[];
}

export const hostId = 'host';
export const apartId = 'apart';
export const idOf = (kind: 'uplink' | 'network' | 'bridge' | 'nic' | 'group', name: string): string =>
  `${kind}:${name}`;

/** More NICs at one place than this are drawn as one. */
export const mostNics = 12;
/** Of those, so many that have problems are drawn by themselves. */
const mostInTrouble = 4;
const mostEmptyBridges = 4;

const hasError = ({ problems }: { readonly problems: Nic['problems'] }): boolean =>
  problems.some(({ severity }) => severity === 'error');

/** Where a NIC is plugged in: a network's node, a bridge's, or apart. */
export function placeOf({ network, bridge }: Nic, { networks }: Pick<Machine, 'networks'>): string {
  if (network !== undefined && networks.some(({ name }) => name === network)) return idOf('network', network);
  return bridge === undefined ? apartId : idOf('bridge', bridge);
}

function countStates(nics: readonly Nic[], force: Machine['force']): GroupCounts {
  const shields = nics.map((nic) => nicShield(nic, force));
  const count = (...wanted: readonly Shield[]): number => shields.filter((each) => wanted.includes(each)).length;
  return {
    filtered: count('holds'),
    open: count('open'),
    unknown: count('unknown'),
    trouble: nics.filter(({ problems }, at) => problems.length > 0 || shields[at] === 'fails').length,
  };
}

function portEdge(parent: string, nic: Nic): MapEdge {
  const id = idOf('nic', nic.device);
  return {
    id: `${parent}>${id}`,
    source: parent,
    target: id,
    subject: id,
    devices: [nic.device],
    isStill: !nic.present || !nic.up,
    hasProblem: hasError(nic),
  };
}

/** The NICs of one place: each by itself, or, where they are many, the rest as a group. */
function portsOf(parent: string, nics: readonly Nic[], force: Machine['force'], opened: ReadonlySet<string>): MapGraph {
  const node = (nic: Nic, at: string): MapNode => ({
    kind: 'nic',
    id: idOf('nic', nic.device),
    nic,
    shield: nicShield(nic, force),
    parent: at,
  });
  if (nics.length <= mostNics) {
    return { nodes: nics.map((nic) => node(nic, parent)), edges: nics.map((nic) => portEdge(parent, nic)) };
  }
  const alone = nics.filter(({ problems }) => problems.length > 0).slice(0, mostInTrouble);
  const together = nics.filter((nic) => !alone.includes(nic));
  const id = idOf('group', parent);
  const isOpen = opened.has(id);
  const group: MapNode = {
    kind: 'group',
    id,
    parent,
    devices: together.map(({ device }) => device),
    counts: countStates(together, force),
    isOpen,
    isRest: alone.length > 0,
  };
  return {
    nodes: [...alone.map((nic) => node(nic, parent)), group, ...(isOpen ? together.map((nic) => node(nic, id)) : [])],
    edges: [
      ...alone.map((nic) => portEdge(parent, nic)),
      {
        id: `${parent}>${id}`,
        source: parent,
        target: id,
        subject: id,
        devices: group.devices,
        isStill: together.every(({ present, up }) => !present || !up),
        hasProblem: together.some(hasError),
      },
    ],
  };
}

function bridgesOf(machine: Machine, used: ReadonlySet<string>): readonly { device: string; owner: BridgeOwner }[] {
  const foreign = machine.foreignBridges;
  const known = new Set(foreign.map(({ device }) => idOf('bridge', device)));
  // Without rights Guestward does not know its own; and a bridge that is the host's way out is nobody's.
  const others = [...used]
    .filter((id) => id.startsWith('bridge:') && !known.has(id))
    .map((id) => ({ device: id.slice('bridge:'.length), owner: 'other' as const }));
  return [...foreign, ...others];
}

/** The machine as nodes and lines; what is drawn as one follows from how many there are and from what was opened. */
export function mapGraph(machine: Machine, opened: ReadonlySet<string>): MapGraph {
  const { host, uplinks, networks, nics, force } = machine;
  const plugged = Map.groupBy(nics, (nic) => placeOf(nic, machine));
  const guestsAt = (id: string): number => plugged.get(id)?.length ?? 0;
  const uplinkOf = (bridge: string | undefined): Uplink | undefined => uplinks.find(({ device }) => device === bridge);

  const bridges = bridgesOf(machine, new Set(plugged.keys()));
  const empty = Map.groupBy(
    bridges.filter(({ device }) => guestsAt(idOf('bridge', device)) === 0),
    ({ owner }) => owner,
  );
  const isDrawnAsOne = (owner: BridgeOwner): boolean => (empty.get(owner)?.length ?? 0) > mostEmptyBridges;
  const alone = bridges.filter(({ device, owner }) => guestsAt(idOf('bridge', device)) > 0 || !isDrawnAsOne(owner));

  const places: readonly MapNode[] = [
    ...networks.map((network): MapNode => {
      const id = idOf('network', network.name);
      return { kind: 'network', id, network, guests: guestsAt(id) };
    }),
    ...alone.map(({ device, owner }): MapNode => {
      const id = idOf('bridge', device);
      return { kind: 'bridge', id, device, owner, guests: guestsAt(id) };
    }),
    ...[...empty.entries()]
      .filter(([owner]) => isDrawnAsOne(owner))
      .map(
        ([owner, each]): MapNode => ({
          kind: 'bridges',
          id: `bridges:${owner}`,
          owner,
          devices: each.map(({ device }) => device),
        }),
      ),
    ...(guestsAt(apartId) > 0 ? [{ kind: 'apart', id: apartId, guests: guestsAt(apartId) } as const] : []),
  ];
  const ports = places.map(({ id }) => portsOf(id, plugged.get(id) ?? [], force, opened));

  const wayTo = (place: MapNode): readonly MapEdge[] => {
    if (place.kind === 'apart') return [];
    const bridge = place.kind === 'network' ? place.network.bridge : place.kind === 'bridge' ? place.device : undefined;
    // The host's own bridge: frames go straight out.
    const direct = uplinkOf(bridge);
    const source = direct === undefined ? hostId : idOf('uplink', direct.device);
    return [
      {
        id: `${source}>${place.id}`,
        source,
        target: place.id,
        subject: place.id,
        devices: place.kind === 'bridges' ? place.devices : bridge === undefined ? [] : [bridge],
        isStill: place.kind === 'network' && !place.network.started,
        hasProblem: place.kind === 'network' && hasError(place.network),
      },
    ];
  };
  return {
    nodes: [
      ...uplinks.map((uplink): MapNode => ({ kind: 'uplink', id: idOf('uplink', uplink.device), uplink })),
      { kind: 'host', id: hostId, name: host.name, isOnline: uplinks.some(({ up }) => up) },
      ...places,
      ...ports.flatMap(({ nodes }) => nodes),
    ],
    edges: [
      ...uplinks.map(
        ({ device, up }): MapEdge => ({
          id: `${idOf('uplink', device)}>${hostId}`,
          source: idOf('uplink', device),
          target: hostId,
          subject: idOf('uplink', device),
          devices: [device],
          isStill: !up,
          hasProblem: false,
        }),
      ),
      ...places.flatMap(wayTo),
      ...ports.flatMap(({ edges }) => edges),
    ],
  };
}
