import type { DefinitionChange, Operation, Plan } from '../../../shared/plan/plan.ts';
import type { Applied } from '../../engine/engine.ts';
import { count } from '../../engine/words/join-words.ts';
import { networkPlanLines } from '../../engine/words/network-plan-words.ts';
import type { Workspace } from '../../engine/workspace.ts';

function definitionLine({ kind, name, text }: DefinitionChange, { workspace }: Applied): string | undefined {
  if (kind === 'binding') {
    const bound = workspace.bindings.get(name);
    return text === null || bound === undefined ? `unbind ${name}` : `bind ${name} to ${bound.binding.filter}`;
  }
  if (kind === 'network') return `${text === null ? 'undefine' : 'define'} network ${name}`;
  // Said by the lines of the network itself.
  if (kind === 'live-network') return undefined;
  if (kind === 'port') return `${text === null ? 'delete' : 'make'} port ${name}`;
  if (text !== null) return `define filter ${name}`;
  return workspace.filters.has(name)
    ? `undefine filter ${name}, and have the stock one again`
    : `undefine filter ${name}`;
}

const sums: readonly (readonly [Operation['op'], string, string])[] = [
  ['add-chain', 'chain', 'added'],
  ['replace-rules', 'chain', 'rewritten'],
  ['delete-chain', 'chain', 'deleted'],
  ['add-set', 'set', 'added'],
  ['delete-set', 'set', 'deleted'],
  ['add-elements', 'element', 'added'],
  ['delete-elements', 'element', 'deleted'],
];

function operationsLine({ operations }: Plan): string {
  const sizeOf = (operation: Operation): number => ('elements' in operation ? operation.elements.length : 1);
  const parts = sums.flatMap(([op, noun, done]) => {
    const number = operations.filter((each) => each.op === op).reduce((sum, each) => sum + sizeOf(each), 0);
    return number === 0 ? [] : [`${count(number, noun)} ${done}`];
  });
  return `nftables: ${parts.length === 0 ? 'nothing changes' : parts.join(', ')}`;
}

/** What a change would do, in words, and then the text that nft would be given. */
export function planText(applied: Applied, before: Workspace): string {
  const { plan, nftText = '' } = applied;
  const lines = [
    ...plan.definitions.flatMap((change) => definitionLine(change, applied) ?? []),
    ...networkPlanLines(plan, before),
    operationsLine(plan),
  ];
  const text = nftText === '' ? '' : `\n${nftText.endsWith('\n') ? nftText : `${nftText}\n`}`;
  return `Dry run, nothing was changed. The plan:\n${lines.map((line) => `  ${line}\n`).join('')}${text}`;
}
