import type { NetworkDocument } from '../../../shared/network/network-document.ts';
import type { NetworkState } from '../../../shared/plan/helper-protocol.ts';
import { isWithin, parseAddress, subnetAround } from '../../networks/choose/subnet.ts';
import type { ShownLease } from '../print/leases-table.ts';
import { parseLeases } from './parse-leases.ts';

function prefixOf({ ips }: NetworkDocument, address: string): number {
  const family = address.includes(':') ? 'ipv6' : 'ipv4';
  const value = parseAddress(address, family);
  const block = ips.find(
    (each) =>
      each.family === family && value !== undefined && isWithin(subnetAround(each.address, each.prefix, family), value),
  );
  return block?.prefix ?? 0;
}

/** The leases that a network's guests hold now. */
export function shownLeases(document: NetworkDocument, state: NetworkState | undefined): readonly ShownLease[] {
  const now = Date.now() / 1000;
  return parseLeases(state?.leases ?? '')
    .filter(({ expires }) => expires === undefined || expires >= now)
    .map((lease) => ({ ...lease, prefix: prefixOf(document, lease.address) }));
}
