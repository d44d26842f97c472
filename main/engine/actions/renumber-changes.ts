import { formatSubnet, type Subnet } from '../../../shared/net/subnet.ts';
import { type Move, renumber } from '../../networks/choose/renumber.ts';
import type { Change } from '../change.ts';
import type { StoredNetwork, Workspace } from '../workspace.ts';
import { documentChanges, edited } from './document-changes.ts';

export interface Renumbering {
  readonly changes: readonly Change[];
  /** The network as it is afterwards. */
  readonly network: StoredNetwork;
  /** As CIDR. */
  readonly from: string;
}

/** Filters' parameters that are addresses of the old subnet move along. */
function movedBindings({ bindings }: Pick<Workspace, 'bindings'>, move: Move): readonly Change[] {
  return [...bindings.values()].flatMap(({ binding }) => {
    const parameters = Object.fromEntries(
      Object.entries(binding.parameters).map(([name, values]) => [name, values.map(move)]),
    );
    const isMoved = Object.entries(parameters).some(([name, values]) =>
      values.some((value, at) => value !== binding.parameters[name]?.[at]),
    );
    return isMoved ? [{ change: 'bind', binding: { ...binding, parameters }, replace: true } as const] : [];
  });
}

/** Moves a network to another subnet, with all that speaks of its addresses; undefined where it has none that would fit in. */
export function renumberChanges(
  workspace: Pick<Workspace, 'bindings'>,
  network: StoredNetwork,
  to: Subnet,
): Renumbering | undefined {
  const current = network.live ?? network.persistent;
  const moved = current && renumber(current.document, to);
  if (moved === undefined) return undefined;
  const after = edited(network, (document) => renumber(document, to)?.document ?? document);
  return {
    changes: [...documentChanges(after), ...movedBindings(workspace, moved.move)],
    network: after,
    from: formatSubnet(moved.from),
  };
}
