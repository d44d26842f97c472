import type { Cure } from '../../../shared/plan/network-setup.ts';

export type FindingCode =
  | 'accepts-stand'
  | 'accept-ra'
  | 'bridge-down'
  | 'bridge-nf'
  | 'default-drop'
  | 'dnsmasq-down'
  | 'docker'
  | 'dropped-by-destination'
  | 'dropped-by-name'
  | 'firewalld'
  | 'forwarding-off'
  | 'port-taken'
  | 'rp-filter'
  | 'rules-lost'
  | 'subnet-overlap'
  | 'ufw'
  | 'vpn-kill-switch';

/** Something that is in a network's way, or, as `info`, that was and is not any more. */
export interface Finding {
  readonly network: string;
  readonly code: FindingCode;
  readonly severity: 'error' | 'warning' | 'info';
  /** A sentence. */
  readonly what: string;
  /** Where it can be found. */
  readonly culprit?: { readonly place: string; readonly rule?: string };
  /** What Guestward can do about it, and undoes with the network. */
  readonly cure?: { readonly cure: Cure; readonly sentence: string };
  /** What a person can do about it; a sentence. */
  readonly manual?: string;
}
