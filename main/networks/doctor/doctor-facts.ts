import type { HostFacts } from '../../../shared/network/host-facts.ts';
import type { HostSettings } from '../../../shared/network/host-settings.ts';
import type { NetworkDocument } from '../../../shared/network/network-document.ts';
import type { Inspection, NetworkState } from '../../../shared/plan/helper-protocol.ts';
import type { NetworkSetup } from '../../../shared/plan/network-setup.ts';

/** All that a doctor looks at. */
export interface DoctorFacts {
  readonly host: HostFacts;
  readonly settings: HostSettings;
  readonly inspection: Inspection;
  /** Whether the kernel has lost Guestward's own rules, as after `nft flush ruleset`. */
  readonly rulesLost: boolean;
}

/** A network to be looked at; setup and state are of a started one. */
export interface Patient {
  readonly document: NetworkDocument;
  readonly setup: NetworkSetup | undefined;
  readonly state: NetworkState | undefined;
}
