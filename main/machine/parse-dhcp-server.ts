import { formatIpv4, parseIpv4 } from '../../shared/net/ipv4.ts';

function address(text: string | undefined): string | undefined {
  const value = text === undefined ? undefined : parseIpv4(text);
  return value === undefined ? undefined : formatIpv4(value);
}

/** The server of a lease of systemd-networkd's (/run/systemd/netif/leases), or of a device's state of NetworkManager's, where it says so. */
export function parseStateFile(text: string): string | undefined {
  return address(/^(?:SERVER_ADDRESS|(?:dhcp4\.)?dhcp_server_identifier)=(\S+)$/m.exec(text)?.[1]);
}

/** The server of the last lease of this device and address in a file of dhclient's (dhclient.leases(5)), which keeps old ones before it. */
export function parseDhclientLeases(text: string, device: string, addresses: readonly string[]): string | undefined {
  const leases = [...text.matchAll(/^lease \{([^}]*)\}/gm)].map(([, lease = '']) => ({
    device: /^\s*interface "([^"]*)";/m.exec(lease)?.[1],
    address: /^\s*fixed-address (\S+);/m.exec(lease)?.[1],
    server: /^\s*option dhcp-server-identifier (\S+);/m.exec(lease)?.[1],
  }));
  const last = leases.findLast((lease) => lease.device === device && addresses.includes(lease.address ?? ''));
  return address(last?.server);
}
