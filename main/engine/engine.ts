import type { Diagnostic } from '../../shared/diagnostic.ts';
import type { Healing } from '../../shared/plan/healing.ts';
import type { Inspection, NetworkState } from '../../shared/plan/helper-protocol.ts';
import type { Plan } from '../../shared/plan/plan.ts';
import type { Direction, Policy } from '../compiler/policy/policy.ts';
import type { Change } from './change.ts';
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

/** The one place that holds state: reads it through the helper, turns changes into plans, and has them applied. */
export interface Engine {
  readonly workspace: Workspace;
  /** What was put back while nobody looked, or waits for it; the oldest first. */
  readonly healings: readonly Healing[];
  apply(changes: readonly Change[], options: { readonly dryRun: boolean }): Promise<Outcome<Applied>>;
  /** Puts what was last in force into the kernel again; after the machine's start, with the networks that start by themselves. */
  restore(): Promise<Outcome<Restored>>;
  status(): Promise<Outcome<EngineStatus>>;
  /** How started networks do, by name. */
  networkStates(): Promise<Outcome<Readonly<Record<string, NetworkState>>>>;
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
  /** Nothing will be changed: a user is asked for less. */
  readonly readOnly?: boolean;
  /** Says why a password is about to be asked for. */
  readonly explain?: (message: string) => void;
  /** Filters that are about to be used: stock ones are read while the helper starts. */
  readonly filters?: readonly string[];
}

export type { Direction };
