import { Graph, layout } from '@dagrejs/dagre';
import type { FilterSummary } from '../../../shared/rpc/filters.ts';

interface Placed {
  readonly name: string;
  /** Of the upper left corner. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where everything stands, in pixels. */
export interface FilterGraph {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly Placed[];
  /** From a filter to one that it takes in, as a path of SVG. */
  readonly edges: readonly { readonly from: string; readonly to: string; readonly path: string }[];
}

type Referring = Pick<FilterSummary, 'name' | 'refersTo'>;

const height = 32;
const gap = 12;
const betweenColumns = 72;
const margin = 8;
const perLetter = 7.4;
const padding = 24;
/** Filters that stand alone are put into rows of this width. */
const rowWidth = 900;

const widthOf = (name: string): number => Math.ceil(name.length * perLetter) + padding;

/** Columns from left to right, each filter before those that it takes in, and beneath them those that have to do with no other. */
export function layOutFilters(filters: readonly Referring[]): FilterGraph {
  const names = new Set(filters.map(({ name }) => name));
  const references = filters.flatMap(({ name, refersTo }) =>
    refersTo.filter((other) => names.has(other)).map((other) => ({ from: name, to: other })),
  );
  const joined = new Set(references.flatMap(({ from, to }) => [from, to]));
  const columns = inColumns([...joined], references);
  const below = Math.max(margin, ...columns.map(({ y }) => y + height + 2 * gap));
  const rows = inRows(
    [...names].filter((name) => !joined.has(name)),
    below,
  );
  const nodes = [...columns, ...rows];
  const placed = new Map(nodes.map((node) => [node.name, node]));
  return {
    width: Math.max(0, ...nodes.map(({ x, width }) => x + width + margin)),
    height: Math.max(0, ...nodes.map(({ y }) => y + height + margin)),
    nodes,
    edges: references.map(({ from, to }) => ({ from, to, path: curve(placed.get(from), placed.get(to)) })),
  };
}

/** dagre finds the columns and the order in them that has the fewest crossings. */
function inColumns(
  names: readonly string[],
  references: readonly { readonly from: string; readonly to: string }[],
): readonly Placed[] {
  const graph = new Graph();
  graph.setGraph({ rankdir: 'LR', nodesep: gap, ranksep: betweenColumns, marginx: margin, marginy: margin });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const name of names) graph.setNode(name, { width: widthOf(name), height });
  for (const { from, to } of references) graph.setEdge(from, to);
  layout(graph);
  const nodes = graph.nodes().map((name) => ({ name, ...graph.node(name) }));
  return nodes.map(({ name, x, y, width }) => {
    const column = nodes.filter((other) => Math.abs(other.x - x) < 1);
    const left = Math.min(...column.map((other) => other.x - other.width / 2));
    return { name, x: left, y: y - height / 2, width, height };
  });
}

function inRows(names: readonly string[], top: number): readonly Placed[] {
  let [x, y] = [margin, top];
  return names.map((name) => {
    const width = widthOf(name);
    if (x > margin && x + width > rowWidth) [x, y] = [margin, y + height + gap];
    const node = { name, x, y, width, height };
    x += width + gap;
    return node;
  });
}

function curve(from: Placed | undefined, to: Placed | undefined): string {
  if (from === undefined || to === undefined) return '';
  const [x1, y1] = [from.x + from.width, from.y + height / 2];
  const [x2, y2] = [to.x, to.y + height / 2];
  const bend = betweenColumns / 2;
  return `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
}
