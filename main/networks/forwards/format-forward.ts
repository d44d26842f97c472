import { formatMac } from '../../../shared/net/mac.ts';
import type { PortForward } from '../../../shared/network/network-document.ts';
import { formatPorts } from './parse-ports.ts';

export function guestText(guest: PortForward['guest']): string {
  if ('name' in guest) return guest.name;
  return 'mac' in guest ? formatMac(guest.mac) : guest.address;
}

/** As it is given to `net-forward --add` and `--remove`. */
export function formatForward({
  protocol,
  hostPorts,
  guestPorts,
  guest,
}: Omit<PortForward, 'expires' | 'span'>): string {
  const name = guestText(guest);
  const written = 'address' in guest && name.includes(':') ? `[${name}]` : name;
  return `${formatPorts(hostPorts)}:${written}:${formatPorts(guestPorts)}/${protocol}`;
}
