import type { Diagnostic } from '../../shared/diagnostic.ts';
import type { Operation, Plan } from '../../shared/plan/plan.ts';
import type { Ruleset } from '../../shared/plan/ruleset.ts';
import type { Backend } from '../compiler/backends/backend.ts';
import { type Change, isFilterChange, type NetworkChange } from './change.ts';
import { changeDefinitions } from './change-definitions.ts';
import type { Outcome } from './failure.ts';
import { mergeTables, networkObjects } from './network-objects.ts';
import type { ChangedNetworks, NetworkStage } from './networks/network-stage.ts';
import type { NetworkSurroundings } from './networks/network-surroundings.ts';
import { filterSources, resolveBindings } from './resolve-bindings.ts';
import type { StoredFilter, Workspace } from './workspace.ts';

export interface PlannedChanges {
  readonly plan: Plan;
  /** What stands once the plan is applied. */
  readonly workspace: Workspace;
  readonly warnings: readonly Diagnostic[];
  /** What was done beside what was asked for, or could not be. */
  readonly notes: readonly string[];
  readonly sources: ReadonlyMap<string, string>;
}

/** What planning needs where networks are concerned; plans for filters alone do without. */
export interface NetworkPlanning {
  readonly stage: NetworkStage;
  readonly surroundings: NetworkSurroundings;
}

const bindingChanges: ReadonlySet<Change['change']> = new Set<Change['change']>([
  'bind',
  'create-binding',
  'delete-binding',
]);

/** Whether networks can come out of this otherwise than they went in. */
export function concernsNetworks(
  changes: readonly Change[],
  { networks, setups }: Pick<Workspace, 'networks' | 'setups'>,
  rebooted: boolean,
): boolean {
  const isThere = networks.size > 0 || Object.keys(setups).length > 0;
  // Where every NIC is to be filtered, a network has to know who is.
  const areKnown = Object.values(setups).some(({ admits }) => admits !== undefined);
  return (
    changes.some((change) => !isFilterChange(change) || (areKnown && bindingChanges.has(change.change))) ||
    (rebooted && isThere)
  );
}

function changeNetworks(
  workspace: Workspace,
  changes: readonly Change[],
  planning: NetworkPlanning | undefined,
): Outcome<ChangedNetworks | undefined> {
  const own = changes.filter((change): change is NetworkChange => !isFilterChange(change));
  if (planning !== undefined) return planning.stage(workspace, own, planning.surroundings);
  if (own.length > 0) throw new Error('Changes to networks need what plans them.');
  return { ok: true, value: undefined };
}

/**
 * Turns changes into one plan, without touching anything: definitions, then policies, then rules, then what leads there from what is in force. Networks
 * that are not concerned keep the rules that they have.
 */
export function planChanges(
  workspace: Workspace,
  changes: readonly Change[],
  backend: Backend<Ruleset, Operation>,
  stock: ReadonlyMap<string, StoredFilter>,
  makeUuid: () => string,
  planning?: NetworkPlanning,
): Outcome<PlannedChanges> {
  const changed = changeNetworks(workspace, changes, planning);
  if (!changed.ok) return changed;
  const drafted = changed.value;
  const filterChanges = [...changes.filter(isFilterChange), ...(drafted?.bindingChanges ?? [])];
  const definitions = changeDefinitions(workspace, filterChanges, stock, makeUuid);
  if (!definitions.ok) return definitions;
  const { filters, bindings, files, warnings, sources } = definitions.value;
  const networks = drafted?.plan(bindings.keys());
  const policies = resolveBindings({ filters, bindings, abilities: workspace.abilities }, backend, sources);
  if (!policies.ok) return policies;
  const filtering = backend.compile(policies.value, workspace.abilities, workspace.ruleset);
  const networkRules = networks?.rules ?? networkObjects(workspace.ruleset.inet);
  const silent: Ruleset = { bridge: filtering.bridge, inet: mergeTables(filtering.inet, networkRules) };
  const ruleset = workspace.abilities.dropLog === true ? (backend.logDrops?.(silent) ?? silent) : silent;
  const plan: Plan = {
    version: 1,
    base: workspace.generation,
    operations: [...backend.diff(workspace.ruleset, ruleset)],
    bridgeNetfilter: backend.needsBridgeNetfilter(filtering),
    definitions: [...files, ...(drafted?.files ?? [])],
    ...(networks !== undefined && networks.changes.length > 0 && { networks: [...networks.changes] }),
    ...(drafted !== undefined && drafted.plugs.length > 0 && { plugs: [...drafted.plugs] }),
  };
  return {
    ok: true,
    value: {
      plan,
      workspace: {
        ...workspace,
        filters,
        bindings,
        networks: drafted?.networks ?? workspace.networks,
        ports: drafted?.ports ?? workspace.ports,
        setups: networks?.setups ?? workspace.setups,
        ruleset,
        generation: workspace.generation + 1,
      },
      warnings: [...warnings, ...(drafted?.warnings ?? [])],
      notes: drafted?.notes ?? [],
      sources: new Map([...filterSources(filters), ...sources, ...(drafted?.sources ?? [])]),
    },
  };
}
