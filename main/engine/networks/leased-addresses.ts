import { parseMac } from '../../../shared/net/mac.ts';
import { formatAddress, parseAddress } from '../../networks/choose/subnet.ts';
import type { GuestAddress } from '../../networks/resolved-network.ts';

/**
 * The guests of dnsmasq's lease file (man dnsmasq, --dhcp-leasefile): expiry, MAC address, address, name or *, client id. Guests choose their names,
 * so whatever is no host name (RFC 1123) counts for none. IPv6 leases come without a MAC address and are left out.
 */
export function leasedAddresses(text: string): readonly GuestAddress[] {
  return text.split('\n').flatMap((line): GuestAddress[] => {
    const [, hardware = '', leased = '', given = ''] = line.split(' ');
    const mac = parseMac(hardware);
    const address = parseAddress(leased, 'ipv4');
    if (mac === undefined || address === undefined) return [];
    const name = /^[A-Za-z0-9][A-Za-z0-9-]{0,62}$/.test(given) ? given : undefined;
    return [{ name, mac, address: formatAddress(address, 'ipv4') }];
  });
}
