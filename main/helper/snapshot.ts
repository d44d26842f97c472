import { join } from 'node:path';
import type { HelperFailure } from '../../shared/plan/helper-failure.ts';
import type { NetworkSetup } from '../../shared/plan/network-setup.ts';
import { fail, type Outcome, succeed } from '../../shared/plan/outcome.ts';
import { emptyRuleset, type Ruleset } from '../../shared/plan/ruleset.ts';
import { type HeldSysctls, readLine, writeLine } from './log-entry.ts';
import { readRootFile, replaceRootFile } from './root-file.ts';

/** What is in force after a generation. */
export interface InForce {
  /** 0: nothing was ever applied. */
  readonly generation: number;
  /** What the kernel shows for it; null where nothing is in force, and the kernel has nothing of ours. */
  readonly marker: string | null;
  readonly bridgeNetfilter: boolean;
  /** Settings of br_netfilter to put back. */
  readonly sysctls: HeldSysctls | null;
  /** Settings of forwarding to put back. */
  readonly forwarding: HeldSysctls | null;
  /** The boot in which it was applied or brought back; null where nobody wrote it down. */
  readonly boot: string | null;
}

/** `ruleset.json`: what was in force when the log was last begun anew. */
export interface Snapshot extends InForce {
  readonly version: 1;
  readonly ruleset: Ruleset;
  readonly setups: Readonly<Record<string, NetworkSetup>>;
}

/** What was written before there were networks lacks them. */
type Written = Omit<Snapshot, 'forwarding' | 'boot' | 'setups'> &
  Partial<Pick<Snapshot, 'forwarding' | 'boot' | 'setups'>>;

const nothing: Snapshot = {
  version: 1,
  generation: 0,
  marker: null,
  bridgeNetfilter: false,
  sysctls: null,
  forwarding: null,
  boot: null,
  setups: {},
  ruleset: emptyRuleset,
};

export function snapshotPath(state: string): string {
  return join(state, 'ruleset.json');
}

export function readSnapshot(state: string): Outcome<Snapshot, HelperFailure> {
  const path = snapshotPath(state);
  const text = readRootFile(path);
  if (text === undefined) return succeed(nothing);
  const snapshot = readLine<Written>(text.replace(/\n$/, ''));
  if (snapshot === undefined) return fail({ kind: 'state-damaged', path, message: 'it is not as it was written' });
  if (snapshot.version === 1) return succeed({ forwarding: null, boot: null, setups: {}, ...snapshot });
  return fail({ kind: 'state-damaged', path, message: 'a newer version of Guestward has written it' });
}

export function writeSnapshot(state: string, snapshot: Snapshot): void {
  replaceRootFile(snapshotPath(state), writeLine(snapshot), { durable: true });
}
