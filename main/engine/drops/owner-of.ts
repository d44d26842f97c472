import type { Workspace } from '../workspace.ts';
import type { RuleOwner } from './drop.ts';

/** Whose rule it is, as its comment says: `filter:line`, or `net:network:what`; undefined for a rule that is neither's. */
export function ownerOf(name: string, { filters }: Pick<Workspace, 'filters'>): RuleOwner | undefined {
  const network = /^net:(.+):[^:]+$/.exec(name)?.[1];
  if (network !== undefined) return { network };
  const [, filter, line] = /^(.+):([0-9]+)$/.exec(name) ?? [];
  const stored = filter === undefined ? undefined : filters.get(filter);
  return filter === undefined || stored === undefined
    ? undefined
    : { rule: { filter, file: stored.file, line: Number(line) } };
}
