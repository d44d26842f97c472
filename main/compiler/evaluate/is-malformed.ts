import { bigEndian } from './big-endian.ts';
import type { FrameView } from './frame-view.ts';

const ethernetHeader = 14;
const ipv6Header = 40;
const pad1 = 0;

function ipv4HeaderHolds(bytes: Uint8Array): boolean {
  const length = ((bytes[ethernetHeader] as number) & 0xf) * 4;
  let sum = 0;
  for (let at = 0; at < length; at += 2) sum += Number(bigEndian(bytes, ethernetHeader + at, 2));
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
  return sum === 0xffff;
}

/** Hop-by-hop options: the list must fill its header exactly (RFC 8200, 4.2 and 4.3). */
function hopByHopHolds(bytes: Uint8Array, end: number): boolean {
  let at = ethernetHeader + ipv6Header;
  const headerEnd = at + ((bytes[at + 1] ?? 0) + 1) * 8;
  if (headerEnd > end) return false;
  at += 2;
  while (at < headerEnd) {
    const length = bytes[at] === pad1 ? 1 : (bytes[at + 1] ?? 0) + 2;
    if (at + length > headerEnd) return false;
    at += length;
  }
  return true;
}

const groupBit = 0x010000000000n;
/** 01:80:c2:00:00:01 to :0f, which IEEE 802.1D reserves; the first of the block, the bridge group address, may pass a bridge without STP. */
const reservedGroups = { first: 0x0180c2000001n, last: 0x0180c200000fn };

/** Whether a bridge takes no frame with such addresses (kernel: br_handle_frame): from a group or from nobody, or for the bridge alone. */
function isNotForwarded(source: bigint, destination: bigint): boolean {
  const isReserved = destination >= reservedGroups.first && destination <= reservedGroups.last;
  return source === 0n || (source & groupBit) !== 0n || isReserved;
}

const vlan = 0x8100n;
const serviceVlan = 0x88a8n;
const pppoe = 0x8864n;
const arp = 0x0806n;
/** A frame's first tag is taken off with two bytes more than it and the type behind it (kernel: skb_vlan_untag). */
const shortestTagged = ethernetHeader + 6;

/** Whether a frame ends within the header that br_netfilter would look behind (kernel: br_nf_pre_routing, br_nf_forward_arp). */
function isCutOff(bytes: Uint8Array, outerType: bigint | undefined): boolean {
  const isTagged = outerType === vlan || outerType === serviceVlan;
  if (isTagged && bytes.length < shortestTagged) return true;
  const typeAt = isTagged ? ethernetHeader + 2 : ethernetHeader - 2;
  const type = bigEndian(bytes, typeAt, 2);
  const header = type === vlan ? 4 : type === pppoe || (type === arp && !isTagged) ? 8 : 0;
  return bytes.length < typeAt + 2 + header;
}

/**
 * Whether the kernel drops a frame before any rule sees it: one that no bridge forwards, one that ends within its first headers, and, in
 * br_netfilter (kernel: br_validate_ipv4, br_validate_ipv6), untagged IP with a broken version, length, header checksum or hop-by-hop header.
 */
export function isMalformed({ bytes, packet, read }: FrameView): boolean {
  const [source, destination] = [read('ether-source'), read('ether-destination')];
  if (source === undefined || destination === undefined || isNotForwarded(source, destination)) return true;
  const etherType = bigEndian(bytes, 12, 2);
  if (isCutOff(bytes, etherType)) return true;
  if (etherType !== 0x0800n && etherType !== 0x86ddn) return false;
  if (packet === undefined) return true;
  if (packet.family === 'ipv4') return !ipv4HeaderHolds(bytes);
  return bytes[ethernetHeader + 6] === 0 && !hopByHopHolds(bytes, packet.end);
}
