import type { KernelAbilities } from '../../../main/compiler/backends/backend.ts';
import { logDrops } from '../../../main/compiler/backends/nftables/log-drops.ts';
import { nftablesBackend } from '../../../main/compiler/backends/nftables/nftables-backend.ts';
import type { Policy } from '../../../main/compiler/policy/policy.ts';
import { emptyRuleset } from '../../../shared/plan/ruleset.ts';
import { writeNft } from '../../../shared/plan/write-nft.ts';
import type { Bench } from './bench.ts';
import { runTool } from './run-tool.ts';

/** What every kernel with br_netfilter can do. */
export const benchAbilities: KernelAbilities = { bridgeConntrack: false, bridgeNetfilter: true, bridgeReject: false };

/** Puts these policies, and nothing else, in force on the bench, with no connection known. */
export function putInForce({ namespace, flushConntrack }: Bench, policies: readonly Policy[]): void {
  const ruleset = logDrops(nftablesBackend.compile(policies, benchAbilities, emptyRuleset));
  const operations = nftablesBackend.diff(emptyRuleset, ruleset);
  const { text } = writeNft([...operations], { generation: 1, marker: 'bench', forgotten: [], fresh: true });
  namespace.run(() => runTool('/usr/sbin/nft', ['-f', '-'], text));
  flushConntrack();
}
