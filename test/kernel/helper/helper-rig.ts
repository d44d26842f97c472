import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ClientFailure, HelperSession } from '../../../main/engine/helper-client.ts';
import { connectHelper, openHelper } from '../../../main/engine/helper-client.ts';
import type { ApplyStep } from '../../../main/helper/step.ts';
import type { Outcome } from '../../../shared/plan/outcome.ts';
import { meddlingHelper } from '../../build-programs.ts';
import { endKeeper } from '../rig/end-keeper.ts';
import { createNetworkNamespace, type NetworkNamespace } from '../rig/network-namespace.ts';
import { runTool } from '../rig/run-tool.ts';

export type Deed = 'die' | 'die-soon' | 'flush-ruleset' | 'fill-disk' | 'break-log';

/** A network namespace and a state folder of their own, and helpers that work on both. */
export interface HelperRig {
  readonly namespace: NetworkNamespace;
  readonly stateDir: string;
  readonly runDir: string;
  /** The helper as the program starts it. */
  open(): Promise<HelperSession>;
  /** A helper to which `deed` happens when its nth apply comes to this step (see meddling-helper.ts). */
  openMeddled(step: ApplyStep, apply: number, deed: Deed): HelperSession;
  nft(text: string): void;
  /** The tables of these names, or all, as nft prints them, without what differs after every load. */
  listing(table?: string): readonly string[];
  /** Ends the keeper, so that what is taken away stays away. */
  endKeeper(): void;
  destroy(): void;
}

export function createHelperRig(): HelperRig {
  const namespace = createNetworkNamespace();
  const folder = mkdtempSync(join(tmpdir(), 'guestward-helper-'));
  // As /run is: dnsmasq's user must come through it.
  chmodSync(folder, 0o711);
  const stateDir = join(folder, 'state');
  const runDir = join(folder, 'run');

  return {
    namespace,
    stateDir,
    runDir,
    // A child belongs to the namespace that its parent's thread stood in when it was started.
    open: async () => expectValue(await namespace.run(() => openHelper({ stateDir, runDir }))),
    openMeddled: (step, apply, deed) =>
      namespace.run(() =>
        connectHelper({
          program: process.execPath,
          args: [meddlingHelper, stateDir, runDir, step, String(apply), deed],
          env: {},
          explainExit: (_, message) => ({ kind: 'helper-died', message }),
        }),
      ),
    nft: (text) => void namespace.run(() => runTool('/usr/sbin/nft', ['-f', '-'], text)),
    listing: (table) => namespace.run(() => listRuleset(table)),
    endKeeper: () => endKeeper(runDir),
    destroy() {
      endKeeper(runDir);
      namespace.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What came of it, or a failed test. */
export function expectValue<T>(outcome: Outcome<T, ClientFailure>): T {
  if (outcome.ok) return outcome.value;
  throw new Error(JSON.stringify(outcome.failure));
}

export function expectFailure(outcome: Outcome<unknown, ClientFailure>): ClientFailure {
  if (!outcome.ok) return outcome.failure;
  throw new Error('this should have failed');
}

/** A line for every table, chain, rule, set and element; handles and counts are what a load changes. */
function listRuleset(table: string | undefined): readonly string[] {
  const { nftables } = JSON.parse(runTool('/usr/sbin/nft', ['-j', 'list', 'ruleset'])) as { nftables: object[] };
  return nftables
    .flatMap((part) => Object.entries(part))
    .filter(([kind, { table: of, name }]) => {
      return kind !== 'metainfo' && (table === undefined || (kind === 'table' ? name : of) === table);
    })
    .flatMap(([kind, { handle: _, elem = [], ...rest }]) => [
      `${kind} ${JSON.stringify(rest, withoutCounts)}`,
      ...(elem as unknown[]).map((element) => `${rest.family} ${rest.name} ${JSON.stringify(element)}`),
    ])
    .sort();
}

function withoutCounts(key: string, value: unknown): unknown {
  return key === 'packets' || key === 'bytes' ? 0 : value;
}
