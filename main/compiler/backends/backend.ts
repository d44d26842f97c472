import type { Diagnostic } from '../../../shared/diagnostic.ts';
import type { Policy } from '../policy/policy.ts';

/** What the kernel can do, as probed at start. */
export interface KernelAbilities {
  /** Connection state of bridged packets in the bridge family (nf_conntrack_bridge). */
  readonly bridgeConntrack: boolean;
  /** Whether bridged packets can be shown to the inet family (br_netfilter). */
  readonly bridgeNetfilter: boolean;
  /** Answers from the bridge family (nft_reject_bridge). */
  readonly bridgeReject: boolean;
  /** Whether the kernel can tell of what rules drop (nfnetlink_log). */
  readonly dropLog?: boolean;
}

/**
 * A way to carry policies out. `Rules` is all that the backend wants to have in the kernel, `Change` what leads from one to another. Nothing before
 * this stage knows which backend there is.
 */
export interface Backend<Rules, Change> {
  readonly name: string;
  /** What of a policy this backend and kernel cannot do; a policy with any such finding is refused. */
  refuse(policy: Policy, abilities: KernelAbilities): readonly Diagnostic[];
  compile(policies: readonly Policy[], abilities: KernelAbilities, inForce: Rules): Rules;
  /** Whether these rules need bridged packets to be shown to the inet family (br_netfilter). */
  needsBridgeNetfilter(rules: Rules): boolean;
  /** The same rules, with every drop and reject told to whoever reads the drop log; absent: this backend counts and does not log. */
  readonly logDrops?: (rules: Rules) => Rules;
  /** The operations in the order in which they have to be carried out, all in one transaction. */
  diff(inForce: Rules, wanted: Rules): readonly Change[];
}
