import type { Applied } from '../../engine/engine.ts';
import { networkPlanLines } from '../../engine/words/network-plan-words.ts';
import { definitionLine, operationsLine } from '../../engine/words/plan-words.ts';
import type { Workspace } from '../../engine/workspace.ts';

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
