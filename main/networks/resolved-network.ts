import type { Bridge, NetworkDocument } from '../../shared/network/network-document.ts';

/** A guest's address, as far as it is known beside the static hosts of the definition: from leases. */
export interface GuestAddress {
  /** The name that the guest gave, or that its port has. */
  readonly name: string | undefined;
  readonly mac: bigint | undefined;
  /** Formatted by `formatIpv4` or `formatIpv6`. */
  readonly address: string;
}

/** The LAN that a network of mode lan is part of. */
export interface Uplink {
  readonly device: string;
  /** The LAN's subnets, `192.168.1.0/24`. */
  readonly subnets: readonly string[];
  /** Addresses that no guest may take: the host's own and the LAN's gateway. */
  readonly reserved: readonly string[];
  /** The host's own IPv4 address on the uplink, from which DHCP is relayed. */
  readonly address: string | undefined;
  /**
   * The host's own IPv6 address of each /64 on the uplink: the bridge has it too, and guests make addresses of that prefix (RFC 4862). Absent: the LAN
   * has no IPv6 that guests could have.
   */
  readonly ipv6?: readonly string[];
  /** The LAN's DHCP server; undefined: guests have addresses of their own choosing. */
  readonly dhcpServer: string | undefined;
}

/** A network in which everything is chosen: what rules and setup are made of. */
export interface ResolvedNetwork extends NetworkDocument {
  readonly uuid: string;
  /** The name has no `%d` any more. */
  readonly bridge: Bridge & { readonly name: string; readonly mac: bigint };
  readonly guestAddresses: readonly GuestAddress[];
  /** Mode lan: without it the uplink is down, and nothing is let through. */
  readonly uplink: Uplink | undefined;
}
