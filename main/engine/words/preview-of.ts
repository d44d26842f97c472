import type { DefinitionChange } from '../../../shared/plan/plan.ts';
import type { Preview } from '../../../shared/rpc/changes.ts';
import { definitionText } from '../definition-text.ts';
import type { Applied } from '../engine.ts';
import type { StoredFilter, Workspace } from '../workspace.ts';
import { joinWords } from './join-words.ts';
import { networkPlanWords } from './network-plan-words.ts';
import { definitionLine, operationsLine } from './plan-words.ts';

/** The names of all filters that reach one of these by references, these included. */
function referringTo(changed: readonly string[], filters: ReadonlyMap<string, StoredFilter>): ReadonlySet<string> {
  const reached = new Set(changed);
  for (let grown = changed.length > 0; grown; ) {
    grown = false;
    for (const [name, { document }] of filters) {
      if (reached.has(name)) continue;
      if (!document.entries.some((entry) => entry.kind === 'filterref' && reached.has(entry.filter))) continue;
      reached.add(name);
      grown = true;
    }
  }
  return reached;
}

/** The NICs whose filter, or whose tie to it, is another one after the change. */
export function changedNics(
  definitions: readonly DefinitionChange[],
  { filters, bindings }: Workspace,
): readonly string[] {
  const named = (kind: DefinitionChange['kind']) =>
    definitions.filter((each) => each.kind === kind).map(({ name }) => name);
  const reached = referringTo(named('filter'), filters);
  const through = [...bindings.values()].filter(({ binding }) => reached.has(binding.filter));
  return [...new Set([...named('binding'), ...through.map(({ binding }) => binding.device)])].sort();
}

/** The text that holds under a name, whoever has written it: a stock filter that is redefined was there before, and comes back. */
const standingText = (workspace: Workspace, { kind, name }: DefinitionChange): string | undefined =>
  kind === 'filter' ? workspace.filters.get(name)?.text : definitionText(workspace, kind, name);

/** What a change that was tried would do. */
export function previewOf(title: string, applied: Applied, before: Workspace, needsConfirmation: boolean): Preview {
  const { plan, workspace, notes, warnings, nftText = '' } = applied;
  const networks = networkPlanWords(plan, before);
  const nics = changedNics(plan.definitions, workspace);
  const undef = (text: string | undefined, key: 'before' | 'after') => (text === undefined ? {} : { [key]: text });
  return {
    title,
    steps: [
      ...plan.definitions.flatMap((change) => definitionLine(change, applied) ?? []),
      ...networks.flatMap(({ steps }) => steps.map((step) => step.trim())),
      ...(nics.length === 0 ? [] : [`rules of ${joinWords(nics)} change at once, without a gap`]),
      operationsLine(plan),
      ...notes,
    ],
    interrupts: networks.flatMap(({ interrupts = [] }) => [...interrupts]),
    nics: [...nics],
    needsConfirmation,
    definitions: plan.definitions.map((change) => ({
      kind: change.kind,
      name: change.name,
      ...undef(standingText(before, change), 'before'),
      ...undef(standingText(workspace, change), 'after'),
    })),
    nftText,
    warnings: warnings.map(({ message, span }) => `${message} (${span.file}, line ${span.line})`),
  };
}
