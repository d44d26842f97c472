import { type Subnet, subnetAround } from '../../../shared/net/subnet.ts';
import type { NetworkDocument } from '../../../shared/network/network-document.ts';

/** The subnets that a network has of its own. */
export function documentSubnets({ ips }: Pick<NetworkDocument, 'ips'>): readonly Subnet[] {
  return ips.map(({ address, prefix }) => subnetAround(address, prefix));
}
