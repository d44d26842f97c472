import type { IpFamily } from './network-document.ts';

/** What made a link, as far as it matters for a network that has to get along with it. */
export type LinkKind = 'loopback' | 'cable' | 'wireless' | 'tunnel' | 'docker' | 'libvirt' | 'bridge' | 'other';

export interface HostLink {
  readonly name: string;
  readonly kind: LinkKind;
  readonly mac: string | undefined;
  readonly up: boolean;
  /** The bridge or bond that it is a port of. */
  readonly master: string | undefined;
}

export interface HostAddress {
  readonly device: string;
  readonly family: IpFamily;
  readonly address: string;
  readonly prefix: number;
  readonly scope: 'global' | 'link' | 'host';
}

/** A route to other machines, of any table; what the kernel keeps for its own addresses, broadcast and multicast is left out. */
export interface HostRoute {
  readonly family: IpFamily;
  /** The lowest address; `0.0.0.0` or `::` with prefix 0 is the default route. */
  readonly destination: string;
  readonly prefix: number;
  /** undefined: blackhole, or several next hops. */
  readonly device: string | undefined;
  readonly gateway: string | undefined;
  readonly metric: number;
  /** `main` where nothing else is said. */
  readonly table: string;
  /** Who put it there, in iproute2's words: `kernel`, `ra`, `dhcp`, `static` ... */
  readonly protocol: string | undefined;
}

/** The host's side of the network, as an unprivileged user can see it. */
export interface HostFacts {
  readonly links: readonly HostLink[];
  readonly addresses: readonly HostAddress[];
  readonly routes: readonly HostRoute[];
  /** The devices that the default routes lead through, those of the best metric. */
  readonly uplinks: { readonly ipv4: string | undefined; readonly ipv6: string | undefined };
  /** net.ipv4.ip_forward and net.ipv6.conf.all.forwarding. */
  readonly forwarding: { readonly ipv4: boolean; readonly ipv6: boolean };
  /** net.ipv6.conf.DEVICE.accept_ra of the devices that are no loopback. */
  readonly acceptRa: Readonly<Record<string, number>>;
  /** By device the DHCP server that has given the host its IPv4 address there, where the host's client says so. */
  readonly dhcpServers: Readonly<Record<string, string>>;
}
