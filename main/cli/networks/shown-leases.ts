import { parseIpAddress } from '../../../shared/net/ip-address.ts';
import type { NetworkDocument } from '../../../shared/network/network-document.ts';
import type { NetworkState } from '../../../shared/plan/helper-protocol.ts';
import { isInBlock } from '../../networks/addresses/block-subnet.ts';
import { macOfDuid } from '../../networks/leases/mac-of-duid.ts';
import { parseLeases } from '../../networks/leases/parse-leases.ts';
import type { ShownLease } from '../print/leases-table.ts';

function prefixOf({ ips }: NetworkDocument, text: string): number {
  const address = parseIpAddress(text);
  return ips.find((block) => address !== undefined && isInBlock(address, block))?.prefix ?? 0;
}

/** The leases that a network's guests hold now. */
export function shownLeases(document: NetworkDocument, state: NetworkState | undefined): readonly ShownLease[] {
  const now = Date.now() / 1000;
  return parseLeases(state?.leases ?? '')
    .filter(({ expiry }) => expiry === 0 || expiry >= now)
    .map(({ expiry, mac, family, address, hostname, clientId }) => ({
      expires: expiry === 0 ? undefined : expiry,
      mac: family === 'ipv6' ? (mac ?? macOfDuid(clientId)) : mac,
      family,
      address,
      prefix: prefixOf(document, address),
      hostname,
      clientId,
    }));
}
