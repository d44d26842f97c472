import type { IpAddress } from '../../../shared/net/ip-address.ts';
import { formatSubnet, isWithin, lastOf, subnetAround } from '../../../shared/net/subnet.ts';

/** An address with the length of its prefix, as `<ip>` and `<route>` have them. */
export interface Block {
  readonly address: string;
  readonly prefix: number;
}

const subnetOf = ({ address, prefix }: Block) => subnetAround(address, prefix);

/** First and last address of the subnet, as numbers. */
export function boundsOf(block: Block): readonly [first: bigint, last: bigint] {
  const subnet = subnetOf(block);
  return [subnet.base, lastOf(subnet)];
}

export function isInBlock(address: IpAddress, block: Block): boolean {
  return isWithin(subnetOf(block), address);
}

/** `10.0.0.0/24`, without what the address says beyond the prefix. */
export function formatBlock(block: Block): string {
  return formatSubnet(subnetOf(block));
}
