import { parseMac } from '../../../shared/net/mac.ts';
import { macOfDuid } from '../../networks/leases/mac-of-duid.ts';
import { type Lease, parseLeases } from '../../networks/leases/parse-leases.ts';
import type { GuestAddress } from '../../networks/resolved-network.ts';

/**
 * The guests of a lease file, as far as they can be found by MAC address or name. What else than a label of DNS (RFC 1123) a guest calls itself counts
 * for no name.
 */
export function leasedAddresses(text: string): readonly GuestAddress[] {
  const leases = parseLeases(text);
  return leases.flatMap(({ mac, family, clientId, address, hostname }): GuestAddress[] => {
    const found = family === 'ipv4' ? mac : macOfGuest(clientId, leases);
    const name = hostname !== undefined && /^[A-Za-z0-9][A-Za-z0-9-]{0,62}$/.test(hostname) ? hostname : undefined;
    return found === undefined && name === undefined ? [] : [{ name, mac: parseMac(found ?? ''), address }];
  });
}

/** A guest with several NICs has one DUID for all of them (RFC 8415, section 11), made of the MAC address of any. */
function macOfGuest(duid: string | undefined, leases: readonly Lease[]): string | undefined {
  const isAlone = leases.filter(({ family, clientId }) => family === 'ipv6' && clientId === duid).length === 1;
  return isAlone ? macOfDuid(duid) : undefined;
}
