import type { Operation, Plan } from '../../shared/plan/plan.ts';
import { turnedPlugs } from '../../shared/plan/plug.ts';
import type { Ruleset } from '../../shared/plan/ruleset.ts';
import type { Backend } from '../compiler/backends/backend.ts';
import { definitionText } from './definition-text.ts';
import type { PlannedChanges } from './plan-changes.ts';
import type { Workspace } from './workspace.ts';

/** The plan that leads from what a plan makes back to what stood before. */
export function reverseOf(
  { plan, workspace }: Pick<PlannedChanges, 'plan' | 'workspace'>,
  before: Workspace,
  bridgeNetfilter: boolean,
  backend: Backend<Ruleset, Operation>,
): Plan {
  const { base, definitions, networks, plugs } = plan;
  return {
    version: 1,
    base: base + 1,
    operations: [...backend.diff(workspace.ruleset, before.ruleset)],
    bridgeNetfilter,
    definitions: definitions.map((each) => ({ ...each, text: definitionText(before, each.kind, each.name) ?? null })),
    ...(networks !== undefined && {
      networks: networks.map(({ network }) => ({ network, setup: before.setups[network] ?? null })),
    }),
    ...(plugs !== undefined && { plugs: turnedPlugs(plugs) }),
  };
}
