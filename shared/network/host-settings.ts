/** Settings of the host's that judge packets, as anybody may read them. */
export interface HostSettings {
  /** By device: what holds for it, the greater of its own and `all` (Documentation/networking/ip-sysctl.rst). */
  readonly rpFilter: Readonly<Record<string, number>>;
  /** Whether bridged packets pass the host's own firewall; undefined: br_netfilter is not loaded. */
  readonly bridgeNf: { readonly ipv4: boolean; readonly ipv6: boolean } | undefined;
  /** firewalld's zones; empty where it is not installed. */
  readonly firewalldZones: readonly string[];
}
