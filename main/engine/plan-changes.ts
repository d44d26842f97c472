import type { Diagnostic } from '../../shared/diagnostic.ts';
import type { Operation, Plan } from '../../shared/plan/plan.ts';
import type { Ruleset } from '../../shared/plan/ruleset.ts';
import type { Backend } from '../compiler/backends/backend.ts';
import type { Change } from './change.ts';
import { changeDefinitions } from './change-definitions.ts';
import type { Outcome } from './failure.ts';
import { filterSources, resolveBindings } from './resolve-bindings.ts';
import type { StoredFilter, Workspace } from './workspace.ts';

export interface PlannedChanges {
  readonly plan: Plan;
  /** What stands once the plan is applied. */
  readonly workspace: Workspace;
  readonly warnings: readonly Diagnostic[];
  readonly sources: ReadonlyMap<string, string>;
}

/** Turns changes into one plan, without touching anything: definitions, then policies, then rules, then what leads there from what is in force. */
export function planChanges(
  workspace: Workspace,
  changes: readonly Change[],
  backend: Backend<Ruleset, Operation>,
  stock: ReadonlyMap<string, StoredFilter>,
  makeUuid: () => string,
): Outcome<PlannedChanges> {
  const definitions = changeDefinitions(workspace, changes, stock, makeUuid);
  if (!definitions.ok) return definitions;
  const { filters, bindings, files, warnings, sources } = definitions.value;
  const policies = resolveBindings({ filters, bindings, abilities: workspace.abilities }, backend, sources);
  if (!policies.ok) return policies;
  const ruleset = backend.compile(policies.value, workspace.abilities, workspace.ruleset);
  const plan: Plan = {
    version: 1,
    base: workspace.generation,
    operations: [...backend.diff(workspace.ruleset, ruleset)],
    bridgeNetfilter: backend.needsBridgeNetfilter(ruleset),
    definitions: [...files],
  };
  return {
    ok: true,
    value: {
      plan,
      workspace: { ...workspace, filters, bindings, ruleset, generation: workspace.generation + 1 },
      warnings,
      sources: new Map([...filterSources(filters), ...sources]),
    },
  };
}
