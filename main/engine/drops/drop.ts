/** Whose rule it is. */
export type RuleOwner =
  | { readonly rule: { readonly filter: string; readonly file: string; readonly line: number } }
  | { readonly network: string };

/** A packet that a rule has dropped or rejected, as the kernel told of it. */
export interface Drop {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** The rule's comment, which its counter has too. */
  readonly name: string;
  /** undefined: the rule is none that is defined any more. */
  readonly owner: RuleOwner | undefined;
  /** The guest's device, or the network's bridge where it is not told. */
  readonly device: string;
  /** out: what the guest sent. */
  readonly direction: 'out' | 'in';
  /** Protocol and ends in one line. */
  readonly summary: string;
  /** The source's MAC address; undefined where the device has no such addresses. */
  readonly mac: bigint | undefined;
  /** From the MAC addresses on, as it can be tried again; undefined where the device has no such header. */
  readonly frame: Uint8Array | undefined;
  /** A part of the packet is missing; the frame's lengths and checksums are of what is there. */
  readonly cut: boolean;
}
