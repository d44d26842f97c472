import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { needsBridgeNetfilter } from '../../../main/compiler/backends/nftables/compile-ruleset.ts';
import { logDrops } from '../../../main/compiler/backends/nftables/log-drops.ts';
import { nftablesBackend } from '../../../main/compiler/backends/nftables/nftables-backend.ts';
import type { Policy } from '../../../main/compiler/policy/policy.ts';
import { openHelper } from '../../../main/engine/helper-client.ts';
import type { HelperAbilities } from '../../../shared/plan/helper-protocol.ts';
import type { Outcome } from '../../../shared/plan/outcome.ts';
import { emptyRuleset } from '../../../shared/plan/ruleset.ts';
import type { Bench } from './bench.ts';

/** What the real helper has put in force on a bench. */
export interface RulesInForce {
  readonly abilities: HelperAbilities;
  /** Leads from the policies before to these, as the program does, and lets the bench forget its connections. */
  replace(policies: readonly Policy[]): Promise<void>;
  close(): Promise<void>;
}

function expectSuccess<T>(outcome: Outcome<T, object>): T {
  if (outcome.ok) return outcome.value;
  throw new Error(JSON.stringify(outcome.failure));
}

/** Starts the helper in the bench's namespace, with state of its own. */
export async function openRulesInForce({ namespace, flushConntrack }: Bench): Promise<RulesInForce> {
  const folder = mkdtempSync(join(tmpdir(), 'guestward-bench-'));
  const folders = { stateDir: join(folder, 'state'), runDir: join(folder, 'run') };
  // A child belongs to the namespace that its parent's thread stood in when it was started.
  const helper = expectSuccess(await namespace.run(() => openHelper(folders)));
  const { abilities, generation } = expectSuccess(await helper.read());
  let base = generation;
  let inForce = emptyRuleset;

  return {
    abilities,
    async replace(policies) {
      const silent = nftablesBackend.compile(policies, abilities, inForce);
      const wanted = abilities.dropLog ? logDrops(silent) : silent;
      const operations = [...nftablesBackend.diff(inForce, wanted)];
      const bridgeNetfilter = needsBridgeNetfilter(silent);
      const applied = await helper.apply({ version: 1, base, operations, bridgeNetfilter, definitions: [] });
      base = expectSuccess(applied).generation;
      inForce = wanted;
      flushConntrack();
    },
    async close() {
      await helper.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
