import { join } from 'node:path';
import type { HelperFailure } from '../../shared/plan/helper-failure.ts';
import { fail, type Outcome, succeed } from '../../shared/plan/outcome.ts';
import { emptyRuleset, type Ruleset } from '../../shared/plan/ruleset.ts';
import { type HeldSysctls, readLine, writeLine } from './log-entry.ts';
import { readRootFile, replaceRootFile } from './root-file.ts';

/** What is in force after a generation. */
export interface InForce {
  /** 0: nothing was ever applied. */
  readonly generation: number;
  /** What the kernel shows for it; null at generation 0. */
  readonly marker: string | null;
  readonly bridgeNetfilter: boolean;
  readonly sysctls: HeldSysctls | null;
}

/** `ruleset.json`: what was in force when the log was last begun anew. */
export interface Snapshot extends InForce {
  readonly version: 1;
  readonly ruleset: Ruleset;
}

const nothing: Snapshot = {
  version: 1,
  generation: 0,
  marker: null,
  bridgeNetfilter: false,
  sysctls: null,
  ruleset: emptyRuleset,
};

export function snapshotPath(state: string): string {
  return join(state, 'ruleset.json');
}

export function readSnapshot(state: string): Outcome<Snapshot, HelperFailure> {
  const path = snapshotPath(state);
  const text = readRootFile(path);
  if (text === undefined) return succeed(nothing);
  const snapshot = readLine<Snapshot>(text.replace(/\n$/, ''));
  if (snapshot === undefined) return fail({ kind: 'state-damaged', path, message: 'it is not as it was written' });
  if (snapshot.version === 1) return succeed(snapshot);
  return fail({ kind: 'state-damaged', path, message: 'a newer version of Guestward has written it' });
}

export function writeSnapshot(state: string, snapshot: Snapshot): void {
  replaceRootFile(snapshotPath(state), writeLine(snapshot), { durable: true });
}
