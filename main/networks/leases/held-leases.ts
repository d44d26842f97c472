import { parseIpAddress } from '../../../shared/net/ip-address.ts';
import type { NetworkDocument } from '../../../shared/network/network-document.ts';
import type { NetworkState } from '../../../shared/plan/helper-protocol.ts';
import { isInBlock } from '../addresses/block-subnet.ts';
import { macOfDuid } from './mac-of-duid.ts';
import { parseLeases } from './parse-leases.ts';

/** A lease that has not run out. */
export interface HeldLease {
  /** Seconds since 1970; undefined: for good. */
  readonly expires: number | undefined;
  readonly mac: string | undefined;
  readonly family: 'ipv4' | 'ipv6';
  readonly address: string;
  readonly prefix: number;
  readonly hostname: string | undefined;
  readonly clientId: string | undefined;
}

function prefixOf({ ips }: NetworkDocument, text: string): number {
  const address = parseIpAddress(text);
  return ips.find((block) => address !== undefined && isInBlock(address, block))?.prefix ?? 0;
}

/** The leases that a network's guests hold; `now` in seconds since 1970. */
export function heldLeases(
  document: NetworkDocument,
  state: Pick<NetworkState, 'leases'> | undefined,
  now: number,
): readonly HeldLease[] {
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
