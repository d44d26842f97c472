import type { HostFacts } from '../../../shared/network/host-facts.ts';
import type { Inspection } from '../../../shared/plan/helper-protocol.ts';
import type { NetworkSetup } from '../../../shared/plan/network-setup.ts';
import type { GuestLink } from '../../machine/guest-links.ts';
import type { GuestAddress } from '../../networks/resolved-network.ts';

/** What a plan of networks depends on beside the definitions. */
export interface NetworkSurroundings {
  readonly facts: HostFacts;
  /** Seconds since 1970. */
  readonly now: number;
  /** Guests that have an address by DHCP, by network; empty where nobody had to be asked. */
  readonly leases: Readonly<Record<string, readonly GuestAddress[]>>;
  /** Processes that wait on ports of the host; empty where no port is newly forwarded. */
  readonly listeners: Inspection['listeners'];
  /** The machine was started since networks were last: none stands, and those of `autostart` are to. */
  readonly rebooted: boolean;
  /** What the helper keeps of started networks. */
  readonly setups: Readonly<Record<string, NetworkSetup>>;
  /** The devices that guests can be behind, as they are plugged in now; empty where no NIC of others is concerned. */
  readonly guestLinks: readonly GuestLink[];
  /** MAC addresses of guests whose NIC is to be moved, by device, as far as they are known by who they are and not by what they have sent. */
  readonly guestMacs: ReadonlyMap<string, bigint>;
  makeUuid(): string;
  /** 48 bits of KVM's block, 52:54:00. */
  makeMac(): bigint;
}
