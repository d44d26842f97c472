/** Whose chains they are, and so which program changes them. */
export type HostTool = 'nft' | 'iptables-nft' | 'iptables-legacy';
export type HostFamily = 'ip' | 'ip6' | 'inet';
export type HostHook = 'input' | 'forward' | 'output';

/** What a match looks at; `unknown` is everything that is not understood, and may or may not hold. */
export type HostMatchKey =
  | 'iif'
  | 'oif'
  | 'saddr'
  | 'daddr'
  | 'protocol'
  | 'sport'
  | 'dport'
  | 'ct-state'
  | 'family'
  | 'unknown';

/**
 * One condition. Values are alternatives: devices (a `*` at the end stands for any), addresses as `a`, `a/length` or `a-b`, protocols by name, ports
 * as `n` or `n-m`, connection states (and `dnat`) in small letters, `ipv4` or `ipv6`. Of `unknown` it is the text.
 */
export interface HostMatch {
  readonly key: HostMatchKey;
  readonly negated: boolean;
  readonly values: readonly string[];
}

export type HostVerdict =
  | { readonly kind: 'accept' | 'drop' | 'reject' | 'return' | 'none' | 'unknown' }
  | { readonly kind: 'jump' | 'goto'; readonly chain: string };

/** A rule of a chain; one that leads several ways (nft's vmap) is several rules of the same handle. */
export interface HostRule {
  /** As a person would look for it. */
  readonly text: string;
  /** nft's. */
  readonly handle?: number;
  readonly comment?: string;
  readonly matches: readonly HostMatch[];
  readonly verdict: HostVerdict;
}

export interface HostChain {
  readonly name: string;
  /** Absent for a chain that is only jumped to, or hangs on another hook. */
  readonly hook?: HostHook;
  readonly priority?: number;
  readonly policy: 'accept' | 'drop';
  readonly rules: readonly HostRule[];
}

/** A table of filter rules that somebody else keeps. */
export interface HostTable {
  readonly tool: HostTool;
  readonly family: HostFamily;
  readonly name: string;
  /** Its owner alone may change it (nft's flag `owner`). */
  readonly owned: boolean;
  readonly chains: ReadonlyMap<string, HostChain>;
}

/** Rules that are read of one table at most; a table of more is judged by what comes first. */
export const maxHostRules = 100_000;
