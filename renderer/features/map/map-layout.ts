import { hostId, type MapGraph, type MapNode } from './map-graph.ts';

export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface MapLayout {
  readonly boxes: ReadonlyMap<string, Box>;
  readonly width: number;
  readonly height: number;
}

type Kind = MapNode['kind'];

const sizes: Readonly<Record<Kind, { readonly width: number; readonly height: number }>> = {
  uplink: { width: 176, height: 68 },
  host: { width: 148, height: 84 },
  network: { width: 224, height: 102 },
  bridge: { width: 224, height: 68 },
  bridges: { width: 224, height: 60 },
  apart: { width: 224, height: 68 },
  nic: { width: 244, height: 50 },
  group: { width: 244, height: 84 },
};

/** Left edges of the four columns: what leads out, the host, places to plug in, NICs. */
const columns = { uplink: 0, host: 266, place: 526, port: 876 } as const;
const gap = { row: 8, band: 22, cell: 10, inset: 12, head: 48 } as const;
/** How far below the top the host and a place stand at most, so that they are in sight where their guests are many. */
const deepest = 260;
/** Of an opened group, width to height. */
const aspect = 1.3;

/** How many columns an opened group has. */
function columnsFor(count: number): number {
  const { width, height } = sizes.nic;
  return Math.max(1, Math.ceil(Math.sqrt((aspect * (height + gap.cell) * count) / (width + gap.cell))));
}

function openGroupSize(count: number): { readonly width: number; readonly height: number } {
  const across = columnsFor(count);
  const down = Math.ceil(count / across);
  return {
    width: 2 * gap.inset + across * (sizes.nic.width + gap.cell) - gap.cell,
    height: gap.head + down * (sizes.nic.height + gap.cell) - gap.cell + gap.inset,
  };
}

const sizeOf = (node: MapNode): { readonly width: number; readonly height: number } =>
  node.kind === 'group' && node.isOpen ? openGroupSize(node.devices.length) : sizes[node.kind];

/** Puts boxes below each other, centred at a height; returns where they end. */
function stack(boxes: Map<string, Box>, nodes: readonly MapNode[], x: number, top: number): number {
  let y = top;
  for (const node of nodes) {
    const { width, height } = sizeOf(node);
    boxes.set(node.id, { x, y, width, height });
    y += height + gap.row;
  }
  return nodes.length === 0 ? top : y - gap.row;
}

const heightOf = (nodes: readonly MapNode[]): number =>
  nodes.reduce((sum, node) => sum + sizeOf(node).height + gap.row, nodes.length === 0 ? 0 : -gap.row);

function fillGroup(boxes: Map<string, Box>, group: Box, inside: readonly MapNode[]): void {
  const across = columnsFor(inside.length);
  const { width, height } = sizes.nic;
  for (const [at, { id }] of inside.entries()) {
    const x = group.x + gap.inset + (at % across) * (width + gap.cell);
    const y = group.y + gap.head + Math.floor(at / across) * (height + gap.cell);
    boxes.set(id, { x, y, width, height });
  }
}

/** A place with its NICs at its right; returns the band's lower edge. */
function placeBand(
  boxes: Map<string, Box>,
  place: MapNode,
  children: ReadonlyMap<string, readonly MapNode[]>,
  top: number,
): number {
  const ports = children.get(place.id) ?? [];
  const { width, height } = sizeOf(place);
  const portsHeight = heightOf(ports);
  const band = Math.max(height, portsHeight);
  boxes.set(place.id, { x: columns.place, y: top + Math.min((band - height) / 2, deepest), width, height });
  stack(boxes, ports, columns.port, top + (band - portsHeight) / 2);
  for (const { id, kind } of ports) {
    const box = boxes.get(id);
    if (kind === 'group' && box !== undefined) fillGroup(boxes, box, children.get(id) ?? []);
  }
  return top + band;
}

/**
 * Four columns from what leads out to the guests; each place has a band of its own height, so that nothing lies on anything. Places on the
 * host's own bridges come last, so that their lines pass below the host.
 */
export function mapLayout({ nodes, edges }: MapGraph): MapLayout {
  const boxes = new Map<string, Box>();
  const of = (...kinds: readonly Kind[]): readonly MapNode[] => nodes.filter(({ kind }) => kinds.includes(kind));
  const children = Map.groupBy(
    nodes.filter((node) => node.kind === 'nic' || node.kind === 'group'),
    ({ parent }) => parent,
  );
  const direct = edges.filter(({ source, target }) => source.startsWith('uplink:') && target !== hostId);
  const isDirect = ({ id }: MapNode): boolean => direct.some(({ source, target }) => source === id || target === id);
  const places = of('network', 'bridge', 'bridges');
  const apart = of('apart');

  let y = 0;
  const addBands = (each: readonly MapNode[]): void => {
    for (const place of each) y = placeBand(boxes, place, children, y) + gap.band;
  };
  const host = sizes.host;
  addBands(places.filter((place) => !isDirect(place)));
  y = Math.max(y, host.height + gap.band);
  const middle = Math.max(host.height / 2, Math.min((y - gap.band) / 2, deepest));
  boxes.set(hostId, { x: columns.host, y: middle - host.height / 2, ...host });
  const lower = y;
  addBands(places.filter(isDirect));
  addBands(apart);

  const uplinks = of('uplink').filter((uplink) => !isDirect(uplink));
  const end = stack(boxes, uplinks, columns.uplink, middle - heightOf(uplinks) / 2);
  stack(boxes, of('uplink').filter(isDirect), columns.uplink, Math.max(lower, end + gap.row));
  return fromOrigin(boxes);
}

function fromOrigin(boxes: ReadonlyMap<string, Box>): MapLayout {
  const all = [...boxes.values()];
  const left = Math.min(...all.map(({ x }) => x));
  const top = Math.min(...all.map(({ y }) => y));
  return {
    boxes: new Map([...boxes].map(([id, box]) => [id, { ...box, x: box.x - left, y: box.y - top }])),
    width: Math.max(...all.map(({ x, width }) => x + width)) - left,
    height: Math.max(...all.map(({ y, height }) => y + height)) - top,
  };
}
