import type { Overlap } from '../../networks/choose/find-overlaps.ts';

/** What is in the way of a change to networks. */
export type NetworkFailure =
  /** Neither a name nor a uuid of a network. */
  | { readonly kind: 'network-not-found'; readonly network: string }
  | {
      readonly kind: 'network-uuid-mismatch';
      readonly network: string;
      readonly stored: string;
      readonly given: string;
    }
  | { readonly kind: 'network-uuid-taken'; readonly uuid: string; readonly by: string }
  /** A text that is to change one network names another. */
  | { readonly kind: 'network-name-mismatch'; readonly network: string; readonly given: string }
  /** It is started already. */
  | { readonly kind: 'network-active'; readonly network: string }
  /** It is not started. */
  | { readonly kind: 'network-inactive'; readonly network: string }
  /** It has no definition, and lasts until it is destroyed. */
  | { readonly kind: 'network-transient'; readonly network: string }
  /** Another network has a bridge of this name, or the host a device (by undefined). */
  | {
      readonly kind: 'bridge-taken';
      readonly network: string;
      readonly bridge: string;
      readonly by: string | undefined;
    }
  /** The template leaves no room for a number, or all are taken. */
  | { readonly kind: 'no-bridge-name'; readonly network: string; readonly template: string }
  /** Mode bridge: the host has no such bridge. */
  | { readonly kind: 'bridge-missing'; readonly network: string; readonly bridge: string }
  /** Mode lan: there is no such device, or (device undefined) no default route to take the device of. */
  | { readonly kind: 'uplink-missing'; readonly network: string; readonly device: string | undefined }
  /** The subnet belongs to somebody already; each overlap says to whom. */
  | { readonly kind: 'subnet-taken'; readonly network: string; readonly overlaps: readonly Overlap[] }
  /** What was changed cannot be changed while the network is started. */
  | { readonly kind: 'needs-restart'; readonly network: string; readonly what: string }
  /** A port forward of another network has this port of the host. */
  | {
      readonly kind: 'forward-taken';
      readonly network: string;
      readonly protocol: 'tcp' | 'udp';
      readonly port: number;
      readonly by: string;
    }
  /** A process of the host waits on the port that is to be forwarded. */
  | {
      readonly kind: 'port-in-use';
      readonly network: string;
      readonly protocol: 'tcp' | 'udp';
      readonly port: number;
      readonly process: string;
      readonly pid: number;
    }
  /** A port forward names a guest whose address is not known and cannot be reserved. */
  | { readonly kind: 'guest-unpinned'; readonly network: string; readonly guest: string; readonly reason: string }
  | { readonly kind: 'port-group-not-found'; readonly network: string; readonly portGroup: string }
  /** There is a port of this device, or (network undefined) a device of the host. */
  | { readonly kind: 'port-exists'; readonly device: string; readonly network: string | undefined }
  | { readonly kind: 'port-not-found'; readonly device: string };
