import { existsSync, lstatSync } from 'node:fs';
import { foldNetworks, type Setups } from '../../shared/plan/fold-networks.ts';
import { foldPlans } from '../../shared/plan/fold-plan.ts';
import { carryOutOnShape, openShape } from '../../shared/plan/fold-shape.ts';
import type { HelperFailure } from '../../shared/plan/helper-failure.ts';
import { type Outcome, succeed } from '../../shared/plan/outcome.ts';
import type { DefinitionChange, Operation } from '../../shared/plan/plan.ts';
import type { Ruleset } from '../../shared/plan/ruleset.ts';
import { type Shape, shapeOf } from '../../shared/plan/shape.ts';
import { readBootId } from './boot-id.ts';
import { syncDefinitions, writeDefinitions } from './definition-files.ts';
import type { HeldSysctls, Intent, LogEntry } from './log-entry.ts';
import { appendToLog, emptyLog, logPath, readLog } from './ruleset-log.ts';
import { type InForce, readSnapshot, type Snapshot, snapshotPath, writeSnapshot } from './snapshot.ts';

/** The state folder's knowledge of what is in force; every change to it goes to the log first. */
export interface Store {
  readonly inForce: InForce;
  readonly shape: Shape;
  /** Begun and not known to be done or dropped. */
  readonly pending: Intent | null;
  readonly snapshot: Ruleset;
  /** What was done since the snapshot. */
  readonly plans: readonly (readonly Operation[])[];
  /** Definitions changed since the snapshot. */
  readonly changes: readonly DefinitionChange[];
  /** Started networks. */
  readonly setups: Setups;
  intend(intent: Intent): void;
  done(shape?: Shape): void;
  drop(): void;
  /** Takes hold of settings to put back some day; `restored`: everything has been brought back in this boot. */
  hold(sysctls: HeldSysctls | null, forwarding: HeldSysctls | null, restored: boolean): void;
  /** Writes the definitions of what is done into their files. */
  fileDefinitions(): void;
  ruleset(): Ruleset;
  /** Puts a new snapshot in the place of a log that has grown larger than the last one. */
  compact(): void;
  /** Whether the files are still those that were read and written here. */
  isUpToDate(): boolean;
}

/** Below this a log is short enough to be read at every start. */
const minLogBytes = 64 * 1024;

/** Reads the state folder; the lock must be held as long as the store is used. */
export function openStore(state: string): Outcome<Store, HelperFailure> {
  const read = readSnapshot(state);
  if (!read.ok) return read;
  if (!existsSync(logPath(state))) emptyLog(state);
  const log = readLog(state);
  if (!log.ok) return log;
  return succeed(createStore(state, read.value, log.value.entries));
}

function createStore(state: string, first: Snapshot, entries: readonly LogEntry[]): Store {
  const boot = readBootId();
  let snapshot = first;
  let inForce = inForceOf(first);
  let pending: Intent | null = null;
  let plans: (readonly Operation[])[] = [];
  let changes: DefinitionChange[] = [];
  let unfiled: DefinitionChange[] = [];
  let shape = shapeOf(first.ruleset);
  let setups: Setups = new Map(Object.entries(first.setups));
  let prints = '';
  const touch = () => {
    prints = fingerprints(state);
  };

  const settle = (shapeAfter?: Shape) => {
    if (pending === null) return;
    const { generation, marker, plan, sysctls, forwarding = null, boot: begun } = pending;
    shape = shapeAfter ?? foldShape(shape, plan.operations);
    inForce = { generation, marker, bridgeNetfilter: plan.bridgeNetfilter, sysctls, forwarding, boot: begun };
    setups = foldNetworks(setups, plan.networks);
    plans.push(plan.operations);
    changes.push(...plan.definitions);
    unfiled.push(...plan.definitions);
    pending = null;
  };
  const replay = (entry: LogEntry) => {
    // A crash between a new snapshot and the emptying of the log leaves entries that the snapshot holds already.
    const stale = (generation: number) => generation <= snapshot.generation;
    if ('intent' in entry) pending = stale(entry.intent.generation) ? null : entry.intent;
    else if ('done' in entry) settle();
    else if ('dropped' in entry) pending = null;
    else if ('held' in entry) {
      const { held, forwarding = null, boot: restored = inForce.boot } = entry;
      if (!stale(entry.generation + 1)) inForce = { ...inForce, sysctls: held, forwarding, boot: restored };
    } else if (entry.boot === boot && entry.filed === inForce.generation) unfiled = [];
  };
  for (const entry of entries) replay(entry);
  touch();

  const append = (entry: LogEntry, durable = true) => {
    appendToLog(state, entry, { durable });
    touch();
  };
  const ruleset = () => foldPlans(snapshot.ruleset, plans);

  return {
    get inForce() {
      return inForce;
    },
    get shape() {
      return shape;
    },
    get pending() {
      return pending;
    },
    get snapshot() {
      return snapshot.ruleset;
    },
    get plans() {
      return plans;
    },
    get changes() {
      return changes;
    },
    get setups() {
      return setups;
    },
    intend(intent) {
      append({ intent });
      pending = intent;
    },
    done(shapeAfter) {
      if (pending === null) throw new Error('nothing was begun that could be done');
      // The kernel knows it too, and after a crash of the machine an intent without a verdict counts as done: no need to wait for the disk.
      append({ done: pending.generation }, false);
      settle(shapeAfter);
    },
    drop() {
      if (pending === null) return;
      append({ dropped: pending.generation });
      pending = null;
    },
    hold(sysctls, forwarding, restored) {
      const { generation } = inForce;
      append({ held: sysctls, forwarding, generation, ...(restored ? { boot } : {}) });
      inForce = { ...inForce, sysctls, forwarding, ...(restored ? { boot } : {}) };
    },
    fileDefinitions() {
      if (unfiled.length === 0) return;
      writeDefinitions(state, unfiled);
      append({ filed: inForce.generation, boot }, false);
      unfiled = [];
    },
    ruleset,
    compact() {
      if (pending !== null || unfiled.length > 0) return;
      if (sizeOf(logPath(state)) < Math.max(minLogBytes, sizeOf(snapshotPath(state)))) return;
      syncDefinitions(state, changes);
      snapshot = { version: 1, ...inForce, ruleset: ruleset(), setups: Object.fromEntries(setups) };
      writeSnapshot(state, snapshot);
      emptyLog(state);
      plans = [];
      changes = [];
      touch();
    },
    isUpToDate: () => prints === fingerprints(state),
  };
}

function foldShape(shape: Shape, operations: readonly Operation[]): Shape {
  const open = openShape(shape);
  for (const operation of operations) carryOutOnShape(open, operation);
  return open;
}

function inForceOf({ generation, marker, bridgeNetfilter, sysctls, forwarding, boot }: Snapshot): InForce {
  return { generation, marker, bridgeNetfilter, sysctls, forwarding, boot };
}

function sizeOf(path: string): number {
  return lstatSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/** Inode, size and time of both files, by which a change that another helper made is noticed. */
function fingerprints(state: string): string {
  const stats = [logPath(state), snapshotPath(state)].map((path) =>
    lstatSync(path, { bigint: true, throwIfNoEntry: false }),
  );
  return stats.map((entry) => (entry === undefined ? 'none' : `${entry.ino} ${entry.size} ${entry.mtimeNs}`)).join();
}
