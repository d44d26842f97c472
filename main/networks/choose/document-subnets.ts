import type { NetworkDocument } from '../../../shared/network/network-document.ts';
import { type Subnet, subnetAround } from './subnet.ts';

/** The subnets that a network has of its own. */
export function documentSubnets({ ips }: Pick<NetworkDocument, 'ips'>): readonly Subnet[] {
  return ips.map(({ address, prefix, family }) => subnetAround(address, prefix, family));
}
