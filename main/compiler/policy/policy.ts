import type { RuleAction } from '../../../shared/nwfilter/filter-document.ts';
import type { ConnectionState } from '../../../shared/nwfilter/values.ts';
import type { HeaderField } from './header-field.ts';

/** Seen from the guest: `out` is what it sends. */
export type Direction = 'out' | 'in';
export const directions = ['out', 'in'] as const satisfies readonly Direction[];

export type IpFamily = 'ipv4' | 'ipv6';
export const ipFamilies = ['ipv4', 'ipv6'] as const satisfies readonly IpFamily[];

/** A number of the field's width, or the place of one in the rule's groups. */
export type Operand =
  | { readonly kind: 'value'; readonly value: bigint }
  | { readonly kind: 'column'; readonly group: number; readonly column: number };

export type Test =
  | {
      readonly test: 'equal';
      readonly field: HeaderField;
      readonly negated: boolean;
      readonly operand: Operand;
      readonly mask?: Operand;
    }
  | {
      readonly test: 'range';
      readonly field: HeaderField;
      readonly negated: boolean;
      readonly low: Operand;
      readonly high: Operand;
    }
  /** Type and code together, negated together. */
  | {
      readonly test: 'icmp';
      readonly negated: boolean;
      readonly type: readonly [Operand, Operand];
      readonly code: readonly [Operand, Operand];
    }
  /** Sender and target address of an ARP packet are the same. */
  | { readonly test: 'gratuitous'; readonly negated: boolean }
  | { readonly test: 'tcp-flags'; readonly negated: boolean; readonly mask: number; readonly flags: number }
  | { readonly test: 'tcp-option'; readonly negated: boolean; readonly option: Operand }
  | { readonly test: 'state'; readonly states: readonly ConnectionState[] }
  /** Whether the packet goes the way of its connection's first packet. */
  | { readonly test: 'connection-direction'; readonly direction: 'original' | 'reply' }
  /** The packet's source address has more than `above` connections that this rule has seen. */
  | { readonly test: 'connections'; readonly negated: boolean; readonly above: Operand }
  | {
      readonly test: 'ipset';
      readonly negated: boolean;
      readonly set: string;
      readonly flags: readonly ('src' | 'dst')[];
    };

/**
 * Values of variables that are walked in parallel: one column for each variable (and type), one row for each step. A rule matches when it does
 * for some choice of one row from every group.
 */
export interface ValueGroup {
  /** What names each column, e.g. `IP` or `PORTS[1]`. */
  readonly labels: readonly string[];
  readonly rows: readonly (readonly bigint[])[];
  /** Whether all values are the NIC's own, and not the filters': NICs that differ only in these can share their rules. */
  readonly own: boolean;
}

/** Where a rule stands, for traces, counters and errors. */
export interface RuleOrigin {
  readonly filter: string;
  readonly file: string;
  readonly line: number;
}

/** A rule for one direction, with no variable left. */
export interface PolicyRule {
  readonly action: RuleAction;
  readonly origin: RuleOrigin;
  readonly tests: readonly Test[];
  readonly groups: readonly ValueGroup[];
}

/** A frame for which the test holds (undefined: every frame) goes through the chain; it comes back by a rule that returns, and passes at the end. */
export interface ChainJump {
  readonly chain: string;
  readonly test: Test | undefined;
}

/** The rules for frames of one direction: root's rules and jumps in their order. A frame that reaches the end of root, or of a chain, passes. */
export interface FrameRules {
  readonly root: readonly (PolicyRule | ChainJump)[];
  readonly chains: Readonly<Record<string, readonly PolicyRule[]>>;
}

export function isJump(entry: PolicyRule | ChainJump): entry is ChainJump {
  return 'chain' in entry;
}

/**
 * What a NIC's filter says, in the order in which it is judged. An outgoing frame has to pass frames.out, then (untagged IPv4 or IPv6 only)
 * packets.out of its family; an incoming one packets.in, then frames.in. What reaches a list's end passes.
 */
export interface Policy {
  readonly device: string;
  readonly filter: string;
  readonly frames: Readonly<Record<Direction, FrameRules>>;
  readonly packets: Readonly<Record<Direction, Readonly<Record<IpFamily, readonly PolicyRule[]>>>>;
}
