import type { Healing } from '../../../shared/plan/healing.ts';
import type { JournalEntry } from '../../../shared/plan/journal-entry.ts';

export interface SeenLink {
  readonly up: boolean;
  /** The bridge that it is a port of. */
  readonly bridge: string | undefined;
}

export interface SeenLease {
  readonly network: string;
  readonly address: string;
  readonly mac: string | undefined;
  readonly hostname: string | undefined;
}

/** The machine as it was at one moment, as far as `watch` tells of it. */
export interface Look {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Guests' devices. */
  readonly links: ReadonlyMap<string, SeenLink>;
  /** Started networks. */
  readonly networks: ReadonlySet<string>;
  /** By network and address. */
  readonly leases: ReadonlyMap<string, SeenLease>;
  /** Newest first, as far back as changes can have come since the look before. */
  readonly journal: readonly (Pick<JournalEntry, 'id' | 'at' | 'title' | 'through' | 'kind'> & {
    readonly by: string;
  })[];
  /** Oldest first. */
  readonly healings: readonly Healing[];
  /** Packets by the comment of the rule that dropped them. */
  readonly drops: ReadonlyMap<string, number>;
  readonly force: 'empty' | 'current' | 'lost';
}
