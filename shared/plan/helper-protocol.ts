import * as z from 'zod';
import type { Healing } from './healing.ts';
import type { HelperFailure } from './helper-failure.ts';
import { type JournalEntry, noteSchema } from './journal-entry.ts';
import type { NetworkSetup } from './network-setup.ts';
import { type Operation, type Plan, planSchema } from './plan.ts';
import type { Ruleset } from './ruleset.ts';
import type { TableFamily } from './table-families.ts';

const noParameters = z.strictObject({});
const onPlan = z.strictObject({ plan: planSchema });
/** note: what the journal calls it; without one nothing is written there. */
const onNotedPlan = z.strictObject({
  plan: planSchema,
  note: noteSchema.optional(),
  /** With a note: unless `confirm` comes within so many seconds, the plan `reverse`, which leads back, is carried out. */
  confirm: z.strictObject({ seconds: z.int().min(5).max(600), reverse: planSchema }).optional(),
});
/** Entries from before the one numbered `before`. */
const onJournal = z.strictObject({ before: z.int().min(1).optional(), limit: z.int().min(1).max(200) });

const onSwitch = z.strictObject({ on: z.boolean() });

/** What the helper can be asked. "read" methods change nothing that is in force. */
export const helperMethods = {
  /** What is defined and in force. */
  read: { access: 'read', params: noParameters },
  /** Packets counted by every rule. */
  counters: { access: 'read', params: noParameters },
  /** Checks a plan down to the kernel and returns its nft text. */
  check: { access: 'read', params: onPlan },
  apply: { access: 'write', params: onNotedPlan },
  /** Keeps the change that waits to be confirmed. */
  confirm: { access: 'write', params: noParameters },
  /** Who changed what, newest first. */
  journal: { access: 'read', params: onJournal },
  /** How every started network does: its bridge, its dnsmasq, its leases, what was put into the host's own firewall. */
  'network-states': { access: 'read', params: noParameters },
  /** What else on this host judges packets or holds ports; for finding out what is in a network's way. */
  inspect: { access: 'read', params: noParameters },
  /** Begins, or ends, to tell of packets that rules have dropped; what the kernel says of them comes as notices. */
  'follow-drops': { access: 'read', params: onSwitch },
  /** Brings back into the kernel what the state folder says is in force. */
  restore: { access: 'write', params: noParameters },
} as const;
export type HelperMethod = keyof typeof helperMethods;

export const helperRequestSchema = z.discriminatedUnion('method', [
  z.strictObject({ id: z.int().min(0), method: z.literal('read'), params: noParameters }),
  z.strictObject({ id: z.int().min(0), method: z.literal('counters'), params: noParameters }),
  z.strictObject({ id: z.int().min(0), method: z.literal('check'), params: onPlan }),
  z.strictObject({ id: z.int().min(0), method: z.literal('apply'), params: onNotedPlan }),
  z.strictObject({ id: z.int().min(0), method: z.literal('confirm'), params: noParameters }),
  z.strictObject({ id: z.int().min(0), method: z.literal('journal'), params: onJournal }),
  z.strictObject({ id: z.int().min(0), method: z.literal('network-states'), params: noParameters }),
  z.strictObject({ id: z.int().min(0), method: z.literal('inspect'), params: noParameters }),
  z.strictObject({ id: z.int().min(0), method: z.literal('follow-drops'), params: onSwitch }),
  z.strictObject({ id: z.int().min(0), method: z.literal('restore'), params: noParameters }),
]);
export type HelperRequest = z.infer<typeof helperRequestSchema>;

/** What this kernel and nft can do, found by trying. */
export interface HelperAbilities {
  /** Connection state of bridged packets in the bridge family (nf_conntrack_bridge). */
  readonly bridgeConntrack: boolean;
  /** Answers from the bridge family (nft_reject_bridge). */
  readonly bridgeReject: boolean;
  /** Whether bridged packets can be shown to the inet family (br_netfilter). */
  readonly bridgeNetfilter: boolean;
  /** Whether the kernel can tell of what rules drop (nfnetlink_log). */
  readonly dropLog: boolean;
  readonly nftVersion: string;
  readonly kernel: string;
}

/** empty: nothing is to be in force. current: the kernel holds the generation. lost: it does not, after a reboot or a `flush ruleset`. */
export type InForceStatus = 'empty' | 'current' | 'lost';

export interface HelperReading {
  readonly generation: number;
  readonly status: InForceStatus;
  /** What an interrupted apply was found to have done when the helper looked after it; absent when there was none. */
  readonly recovered?: 'finished' | 'dropped';
  readonly bridgeNetfilter: boolean;
  /** The ruleset in force is `snapshot` after `plans`, one after the other (see `foldPlans`). */
  readonly snapshot: Ruleset;
  readonly plans: readonly (readonly Operation[])[];
  /** By name: the text of every definition. */
  readonly filters: Readonly<Record<string, string>>;
  readonly bindings: Readonly<Record<string, string>>;
  readonly networks: Readonly<Record<string, string>>;
  /** Started networks as they stand. */
  readonly liveNetworks: Readonly<Record<string, string>>;
  /** By device. */
  readonly ports: Readonly<Record<string, string>>;
  /** Started networks, with all that is not nftables. */
  readonly setups: Readonly<Record<string, NetworkSetup>>;
  /** What was put back while nobody looked, or waits for it; the oldest first. */
  readonly healings: readonly Healing[];
  /** What is in force was applied before the machine was last started. */
  readonly rebooted: boolean;
  readonly abilities: HelperAbilities;
}

export interface NetworkState {
  readonly bridgeUp: boolean;
  /** Absent where the network needs none; words: dnsmasq's own, of why it is not running. */
  readonly dnsmasq?:
    | { readonly running: true; readonly pid: number }
    | { readonly running: false; readonly words: string };
  /** dnsmasq's lease file as it stands: hostile text, since guests choose their names. */
  readonly leases: string;
  /** Accepts of this network that stand in chains of the host's own, e.g. `iptables filter FORWARD`. */
  readonly accepts: readonly { readonly place: string; readonly count: number }[];
}

/** What judges packets beside Guestward, as the tools print it. */
export interface Inspection {
  /** nft -j list ruleset, all families. */
  readonly nftRuleset: string;
  /** iptables-nft-save and ip6tables-nft-save of the tables that they have made, whose rules nft cannot tell in full. */
  readonly nftIptables: string;
  readonly nftIp6tables: string;
  /** iptables-legacy-save and ip6tables-legacy-save; empty where the kernel has no such tables in use. */
  readonly legacyIptables: string;
  readonly legacyIp6tables: string;
  /** Processes that wait for packets. */
  readonly listeners: readonly {
    readonly protocol: 'tcp' | 'udp';
    readonly address: string;
    readonly port: number;
    readonly process: string;
    readonly pid: number;
  }[];
}

export interface RuleCounter {
  readonly family: TableFamily;
  /** Without the writer's prefix. */
  readonly chain: string;
  readonly comment?: string;
  /** The last word of the rule where it is a verdict. */
  readonly verdict?: string;
  readonly packets: number;
  readonly bytes: number;
}

export interface HelperResults {
  readonly read: HelperReading;
  readonly counters: { readonly rules: readonly RuleCounter[] };
  readonly check: { readonly text: string };
  readonly apply: {
    readonly generation: number;
    /** What the helper needed, from the whole request to the reply. */
    readonly milliseconds: number;
    /** The entry in the journal; absent where the change was given no name. */
    readonly activity?: number;
    /** Milliseconds since 1970: until then it waits to be confirmed. */
    readonly confirmBefore?: number;
  };
  readonly confirm: { readonly activity: number; readonly title: string };
  readonly journal: {
    readonly entries: readonly JournalEntry[];
    /** There are older ones. */
    readonly more: boolean;
    /** Of all entries, the numbers of those that later ones have undone. */
    readonly undone: readonly number[];
  };
  readonly 'network-states': { readonly networks: Readonly<Record<string, NetworkState>> };
  readonly inspect: Inspection;
  readonly 'follow-drops': { readonly following: boolean };
  readonly restore: { readonly generation: number; readonly restored: boolean };
}

export type HelperReply =
  | { readonly id: number; readonly ok: true; readonly result: HelperResults[HelperMethod] }
  /** id null: the request could not be read so far. */
  | { readonly id: number | null; readonly ok: false; readonly failure: HelperFailure };

/** What the helper says without being asked, as long as drops are followed. request: the number of the one that began it. */
export type HelperNotice =
  /** The next bytes of tcpdump's stream (pcap, LINKTYPE_NFLOG) in base64, as they came: the helper does not look into them. */
  | { readonly notice: 'drops'; readonly request: number; readonly pcap: string }
  | { readonly notice: 'drops-ended'; readonly request: number; readonly message: string };

export type HelperMessage = HelperReply | HelperNotice;

/** The method's parameters as the client gives them. */
export type HelperParams = {
  readonly [M in HelperMethod]: M extends 'check' | 'apply' ? { readonly plan: Plan } : Record<never, never>;
};
