import type { DefinitionChange, Operation, Plan } from '../../../shared/plan/plan.ts';
import type { Applied } from '../engine.ts';
import { count } from './join-words.ts';

/** What becomes of a definition; undefined where the words of its network say it. */
export function definitionLine(
  { kind, name, text }: DefinitionChange,
  { workspace }: Pick<Applied, 'workspace'>,
): string | undefined {
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

/** What becomes of the rules, as a sum. */
export function operationsLine({ operations }: Plan): string {
  const sizeOf = (operation: Operation): number => ('elements' in operation ? operation.elements.length : 1);
  const parts = sums.flatMap(([op, noun, done]) => {
    const number = operations.filter((each) => each.op === op).reduce((sum, each) => sum + sizeOf(each), 0);
    return number === 0 ? [] : [`${count(number, noun)} ${done}`];
  });
  return `nftables: ${parts.length === 0 ? 'nothing changes' : parts.join(', ')}`;
}
