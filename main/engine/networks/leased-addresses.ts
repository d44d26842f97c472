import { parseMac } from '../../../shared/net/mac.ts';
import { parseLeases } from '../../networks/leases/parse-leases.ts';
import type { GuestAddress } from '../../networks/resolved-network.ts';

/**
 * The guests of a lease file that can be found by MAC address, which those of IPv6 cannot. What else than a label of DNS (RFC 1123) a guest calls
 * itself counts for no name.
 */
export function leasedAddresses(text: string): readonly GuestAddress[] {
  return parseLeases(text).flatMap(({ mac, address, hostname }): GuestAddress[] => {
    if (mac === undefined) return [];
    const isName = hostname !== undefined && /^[A-Za-z0-9][A-Za-z0-9-]{0,62}$/.test(hostname);
    return [{ name: isName ? hostname : undefined, mac: parseMac(mac), address }];
  });
}
