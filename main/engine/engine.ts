import type { Diagnostic } from '../../shared/diagnostic.ts';
import type { Healing } from '../../shared/plan/healing.ts';
import type { HelperResults, Inspection, NetworkState } from '../../shared/plan/helper-protocol.ts';
import type { Note } from '../../shared/plan/journal-entry.ts';
import type { Plan } from '../../shared/plan/plan.ts';
import type { Direction, Policy } from '../compiler/policy/policy.ts';
import type { Change } from './change.ts';
import type { Drop } from './drops/drop.ts';
import type { Outcome } from './failure.ts';
import type { Workspace } from './workspace.ts';

/** What applying a change did, or, in a dry run, would do. */
export interface Applied {
  readonly workspace: Workspace;
  readonly plan: Plan;
  /** The text that nft is given; only in a dry run. */
  readonly nftText: string | undefined;
  readonly warnings: readonly Diagnostic[];
  /** What was done beside what was asked for, or could not be: whole sentences. */
  readonly notes: readonly string[];
  /** Texts by file name, for the warnings' excerpts. */
  readonly sources: ReadonlyMap<string, string>;
  /** How long the helper took from request to answer, in milliseconds. */
  readonly helperMilliseconds: number;
  /** The entry in the journal; undefined in a dry run. */
  readonly activity: number | undefined;
  /** Milliseconds since 1970: until then it waits to be confirmed. */
  readonly confirmBefore?: number | undefined;
}

/** What of the networks could not be brought back, with the texts for excerpts. */
export type Restored = Pick<Applied, 'warnings' | 'notes' | 'sources'>;

/** Packets and bytes that a rule has counted, under the rule's comment (`filter:line`). */
export interface RuleCounter {
  readonly family: 'bridge' | 'inet';
  readonly chain: string;
  readonly comment: string;
  readonly verdict: string;
  readonly packets: number;
  readonly bytes: number;
}

export interface EngineStatus {
  readonly backend: { readonly name: string; readonly reason: string };
  readonly kernel: { readonly release: string; readonly nftVersion: string };
  /** empty: there is nothing to be in force. lost: the kernel lost the rules (reboot, flush) and the next apply or `restore` brings them back. */
  readonly force: 'empty' | 'current' | 'lost';
  readonly counters: readonly RuleCounter[];
  readonly stateFolder: string;
}

/** Or what makes them of the workspace as it is by then: it is asked again where somebody else has changed something meanwhile. */
export type Changes = readonly Change[] | ((workspace: Workspace) => Outcome<readonly Change[]>);

export interface ApplyOptions {
  readonly dryRun: boolean;
  /** What the journal calls it: one line; else words are made of the changes. */
  readonly title?: string;
  /** The entry that it undoes. */
  readonly undoes?: number;
  /** Seconds, 5 to 600: unless it is confirmed within them, it is taken back, whatever becomes of this process. */
  readonly confirmWithin?: number | undefined;
}

/** Entries of the journal, newest first. */
export type Journal = HelperResults['journal'];

/** The one place that holds state: reads it through the helper, turns changes into plans, and has them applied. */
export interface Engine {
  readonly workspace: Workspace;
  /** What was put back while nobody looked, or waits for it; the oldest first. */
  readonly healings: readonly Healing[];
  apply(changes: Changes, options: ApplyOptions): Promise<Outcome<Applied>>;
  /** Undoes an entry of the journal, as a change of its own, if all that it changed is still as it left it. */
  undo(
    id: number,
    options: Pick<ApplyOptions, 'dryRun' | 'confirmWithin'>,
  ): Promise<Outcome<Applied & { readonly title: string }>>;
  /** Keeps the change that waits to be confirmed, whoever made it. */
  confirm(): Promise<Outcome<HelperResults['confirm']>>;
  /** Reads anew what is defined and in force: others, the command line among them, may have changed it. */
  reload(): Promise<Outcome<undefined>>;
  /** Who changed what, from before the entry `before`, at most `limit` entries (1 to 200). */
  journal(before: number | undefined, limit: number): Promise<Outcome<Journal>>;
  /** Puts what was last in force into the kernel again; after the machine's start, with the networks that start by themselves. */
  restore(): Promise<Outcome<Restored>>;
  status(): Promise<Outcome<EngineStatus>>;
  /** How started networks do, by name. */
  networkStates(): Promise<Outcome<Readonly<Record<string, NetworkState>>>>;
  /**
   * Tells of every packet that the kernel says a rule has dropped, until what is returned is called; of a flood it tells of some, and the counters of all.
   * `ended`: it has ended by itself, for this reason.
   */
  followDrops(take: (drops: readonly Drop[]) => void, ended: (reason: string) => void): Promise<Outcome<() => void>>;
  /** What else on this host judges packets or holds ports. */
  inspect(): Promise<Outcome<Inspection>>;
  /** The policy of a bound NIC, or of a filter with values given for the occasion; no rights and no kernel needed beyond reading. */
  policyOf(subject: TraceSubject): Outcome<Policy>;
  close(): Promise<void>;
}

export type TraceSubject =
  | { readonly device: string }
  | {
      readonly filter: string;
      readonly mac: bigint | undefined;
      readonly parameters: Readonly<Record<string, readonly string[]>>;
    };

export interface EngineOptions {
  /** GUESTWARD_STATE_DIR, GUESTWARD_RUN_DIR and GUESTWARD_BACKEND are read from it. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The front door, for the journal; the command line unless said. */
  readonly through?: Note['through'];
  /** Nothing will be changed: a user is asked for less. */
  readonly readOnly?: boolean;
  /** Says why a password is about to be asked for. */
  readonly explain?: (message: string) => void;
  /** Filters that are about to be used: stock ones are read while the helper starts. */
  readonly filters?: readonly string[];
}

export type { Direction };
