import type { MapGraph } from './map-graph.ts';
import type { Box, MapLayout } from './map-layout.ts';

export const steps = ['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End'] as const;
export type Step = (typeof steps)[number];

const middle = ({ x, y, width, height }: Box): { readonly x: number; readonly y: number } => ({
  x: x + width / 2,
  y: y + height / 2,
});

/** How far a box lies in a direction, with what is aside counting double; undefined where it does not lie there at all. */
function distance(from: Box, to: Box, step: Step): number | undefined {
  const isAcross = step === 'ArrowLeft' || step === 'ArrowRight';
  const forward = step === 'ArrowRight' || step === 'ArrowDown' ? 1 : -1;
  // Edges and not middles across: the columns have widths of their own.
  const along = forward * (isAcross ? to.x - from.x : middle(to).y - middle(from).y);
  const aside = Math.abs(isAcross ? middle(to).y - middle(from).y : to.x - from.x);
  if (along <= 0 || (!isAcross && aside > 0)) return undefined;
  return along + 2 * aside;
}

/** The node that an arrow key leads to from another: along a line where there is one, else the nearest; undefined at the border. */
export function walkMap(
  { nodes, edges }: MapGraph,
  { boxes }: Pick<MapLayout, 'boxes'>,
  id: string,
  step: Step,
): string | undefined {
  if (step === 'Home') return nodes[0]?.id;
  if (step === 'End') return nodes.at(-1)?.id;
  const from = boxes.get(id);
  if (from === undefined) return nodes[0]?.id;
  const nearest = (ids: readonly string[]): string | undefined => {
    let best: { readonly id: string; readonly far: number } | undefined;
    for (const each of ids) {
      const box = boxes.get(each);
      const far = each === id || box === undefined ? undefined : distance(from, box, step);
      if (far !== undefined && (best === undefined || far < best.far)) best = { id: each, far };
    }
    return best?.id;
  };
  const here = nodes.find((node) => node.id === id);
  const inside = (group: string): readonly string[] =>
    nodes.flatMap((node) => (node.kind === 'nic' && node.parent === group ? [node.id] : []));
  // An opened group is entered at its first guest, and left to its own frame.
  if (here?.kind === 'group' && here.isOpen && step === 'ArrowRight') return inside(id)[0];
  if (here?.kind === 'nic' && here.parent.startsWith('group:')) {
    return nearest(inside(here.parent)) ?? (step === 'ArrowLeft' || step === 'ArrowUp' ? here.parent : undefined);
  }
  const linked =
    step === 'ArrowRight'
      ? edges.filter(({ source }) => source === id).map(({ target }) => target)
      : step === 'ArrowLeft'
        ? edges.filter(({ target }) => target === id).map(({ source }) => source)
        : [];
  return nearest(linked) ?? nearest(nodes.map((node) => node.id));
}
