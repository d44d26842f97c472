import type { Diagnostic } from '../../../shared/diagnostic.ts';
import type { Port } from '../../../shared/network/port.ts';
import type { DefinitionChange } from '../../../shared/plan/plan.ts';
import type { Plug } from '../../../shared/plan/plug.ts';
import type { FilterChange, NetworkChange } from '../change.ts';
import type { Outcome } from '../failure.ts';
import type { StoredNetwork, Workspace } from '../workspace.ts';
import { changeNetwork } from './change-networks.ts';
import { keepUp } from './keep-up.ts';
import type { NetworkDraft } from './network-draft.ts';
import type { NetworkSurroundings } from './network-surroundings.ts';
import { type PlannedNetworks, planNetworks } from './plan-networks.ts';

/** What networks and ports are after the changes, and what follows from it for definitions. */
export interface ChangedNetworks {
  readonly networks: ReadonlyMap<string, StoredNetwork>;
  readonly ports: ReadonlyMap<string, Port>;
  readonly files: readonly DefinitionChange[];
  readonly bindingChanges: readonly FilterChange[];
  readonly plugs: readonly Plug[];
  readonly warnings: readonly Diagnostic[];
  readonly notes: readonly string[];
  readonly sources: ReadonlyMap<string, string>;
  /** What stands then, once it is known which devices have a filter. */
  plan(bound: Iterable<string>): PlannedNetworks;
}

/** The part of planning that only networks need, loaded when one of them is concerned. */
export type NetworkStage = (
  workspace: Pick<Workspace, 'networks' | 'ports' | 'bindings'>,
  changes: readonly NetworkChange[],
  surroundings: NetworkSurroundings,
) => Outcome<ChangedNetworks>;

export const networkStage: NetworkStage = ({ networks, ports, bindings }, changes, surroundings) => {
  const draft: NetworkDraft = {
    networks: new Map(networks),
    ports: new Map(ports),
    bindings,
    files: new Map(),
    warnings: [],
    notes: new Set(),
    sources: new Map(),
    bindingChanges: [],
    plugs: new Map(),
    cures: new Map(),
    surroundings,
  };
  keepUp(draft);
  for (const change of changes) {
    const outcome = changeNetwork(change, draft);
    if (!outcome.ok) return outcome;
  }
  const plan = (bound: Iterable<string>) => planNetworks(draft, bound);
  const [files, plugs] = [[...draft.files.values()], [...draft.plugs.values()]];
  return { ok: true, value: { ...draft, plan, files, plugs, notes: [...draft.notes] } };
};
