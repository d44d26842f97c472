/** A guest of the lab: its card, its address, and the port of the bridge that the card is plugged into. */
export interface GuestAddresses {
  readonly mac: string;
  readonly ip: string;
  readonly port: string;
}

/** Who has which address. All of it exists in the lab's own network namespaces only. */
export const addresses = {
  bridge: 'lab0',
  domain: 'lab',
  prefixLength: 24,
  gateway: { mac: '52:54:00:77:00:fe', ip: '10.77.0.1' },
  g1: { mac: '52:54:00:77:00:01', ip: '10.77.0.11', port: 'vnet-g1' },
  g2: { mac: '52:54:00:77:00:02', ip: '10.77.0.12', port: 'vnet-g2' },
  /** What the bridge's own DHCP server gives away. */
  leases: { first: '10.77.0.100', last: '10.77.0.199' },
  // RFC 5737: addresses for documentation, which no LAN uses.
  lan: { ip: '192.0.2.2', gateway: '192.0.2.1', uplink: 'uplink' },
} as const;
