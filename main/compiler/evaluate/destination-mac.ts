import type { PacketEnds } from './build-frame.ts';

export const broadcastMac = 0xffff_ffff_ffffn;

/** The MAC address that a packet is sent to: that of the group for broadcast and multicast (RFC 1112, RFC 2464), else the peer's. */
export function destinationMac({ family, destination }: PacketEnds, peer: bigint): bigint {
  if (family === 'ipv6') return destination >> 120n === 0xffn ? 0x3333_0000_0000n | (destination & 0xffff_ffffn) : peer;
  if (destination === 0xffff_ffffn) return broadcastMac;
  return destination >> 28n === 0xen ? 0x0100_5e00_0000n | (destination & 0x7f_ffffn) : peer;
}
