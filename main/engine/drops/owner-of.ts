import { ruleComment } from '../../compiler/backends/nftables/rule-comment.ts';
import { networkComment } from '../../networks/rules/network-rule.ts';
import type { Workspace } from '../workspace.ts';
import type { RuleOwner } from './drop.ts';

/** The one that is called so in the kernel: mostly by its own name, else by what its comment makes of that. */
function named(names: Iterable<string>, own: string, isIt: (name: string) => boolean): string | undefined {
  const all = [...names];
  return all.includes(own) ? own : all.find(isIt);
}

/** Whose rule it is, as its comment says: `filter:line`, or `net:network:what`; undefined for a rule that is neither's. */
export function ownerOf(
  comment: string,
  { filters, setups }: Pick<Workspace, 'filters' | 'setups'>,
): RuleOwner | undefined {
  const [, part = '', digits = ''] = /^(.+):([0-9]+)$/.exec(comment) ?? [];
  const line = Number(digits);
  const filter = digits === '' ? undefined : named(filters.keys(), part, (name) => ruleComment(name, line) === comment);
  const stored = filter === undefined ? undefined : filters.get(filter);
  if (filter !== undefined && stored !== undefined) return { rule: { filter, file: stored.file, line } };

  const [, between, what = ''] = /^net:(.+):([^:]+)$/.exec(comment) ?? [];
  if (between === undefined) return undefined;
  const isIt = (name: string): boolean => networkComment(name, what) === comment;
  // One that is stopped by now is told by what the comment says of it.
  return { network: named(Object.keys(setups), between, isIt) ?? between };
}
