import { emptyRuleset } from '../../../shared/plan/ruleset.ts';
import { wholePlan } from '../../../shared/plan/whole-plan.ts';
import { writeNft } from '../../../shared/plan/write-nft.ts';
import { hostNetworks } from '../../engine/host.ts';
import { resolveNetwork } from '../../engine/networks/resolve-network.ts';
import type { StoredNetwork, Workspace } from '../../engine/workspace.ts';
import { compileNetworks } from '../../networks/rules/compile-networks.ts';
import { textOf } from './find-network.ts';

/** The rules of one network as nft(8) reads them, as they would stand if there were no other. */
export function networkRulesText({ ports }: Workspace, stored: StoredNetwork): string {
  const { document } = textOf(stored);
  const inet = compileNetworks([resolveNetwork(document, [...ports.values()], hostNetworks())]);
  const operations = wholePlan({ ...emptyRuleset, inet });
  const { text, origins } = writeNft(operations, { generation: 0, marker: '', forgotten: [], fresh: false });
  // What else there is belongs to the filters' table, and to the transaction.
  const lines = text.split('\n').filter((line, at) => origins[at] !== undefined || line.startsWith('add table inet '));
  return `${lines.join('\n')}\n`;
}
