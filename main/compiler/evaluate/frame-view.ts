import type { HeaderField } from '../policy/header-field.ts';
import type { IpFamily } from '../policy/policy.ts';
import { bigEndian } from './big-endian.ts';
import { findUpperLayer } from './ipv6-headers.ts';

/** The IP packet inside an untagged frame. Offsets count bytes from the frame's start. */
export interface PacketView {
  readonly family: IpFamily;
  readonly source: bigint;
  readonly destination: bigint;
  /**
   * The protocol after IPv6's extension headers; undefined where they are broken. The authentication header counts as a protocol, as for
   * nftables (kernel: nft_set_pktinfo_ipv6 looks with IP6_FH_F_AUTH).
   */
  readonly protocol: number | undefined;
  /** Where the transport header begins; undefined in a fragment that is not the first. */
  readonly transport: number | undefined;
  readonly end: number;
  readonly fragment: boolean;
}

/** A frame as the tests see it. */
export interface FrameView {
  readonly bytes: Uint8Array;
  readonly packet: PacketView | undefined;
  /** The field's number; undefined where the frame has no such field. */
  read(field: HeaderField): bigint | undefined;
}

const tagTypes = [0x8100, 0x88a8];
const ethernetHeader = 14;
const tagLength = 4;
const smallestType = 0x600;

const number = (bytes: Uint8Array, offset: number, length: number): number | undefined => {
  const value = bigEndian(bytes, offset, length);
  return value === undefined ? undefined : Number(value);
};

function ipv4View(bytes: Uint8Array): PacketView | undefined {
  const start = ethernetHeader;
  const versionAndLength = bytes[start];
  const total = number(bytes, start + 2, 2);
  const fragmentField = number(bytes, start + 6, 2);
  const source = bigEndian(bytes, start + 12, 4);
  const destination = bigEndian(bytes, start + 16, 4);
  if (versionAndLength === undefined || total === undefined || fragmentField === undefined) return undefined;
  if (source === undefined || destination === undefined || versionAndLength >> 4 !== 4) return undefined;
  const headerLength = (versionAndLength & 0xf) * 4;
  const end = start + total;
  if (headerLength < 20 || total < headerLength || end > bytes.length) return undefined;
  const offset = fragmentField & 0x1fff;
  return {
    family: 'ipv4',
    source,
    destination,
    protocol: bytes[start + 9],
    transport: offset === 0 ? start + headerLength : undefined,
    end,
    fragment: (fragmentField & 0x3fff) !== 0,
  };
}

function ipv6View(bytes: Uint8Array): PacketView | undefined {
  const start = ethernetHeader;
  const payload = number(bytes, start + 4, 2);
  const source = bigEndian(bytes, start + 8, 16);
  const destination = bigEndian(bytes, start + 24, 16);
  const next = bytes[start + 6];
  if (payload === undefined || source === undefined || destination === undefined || next === undefined)
    return undefined;
  if ((bytes[start] as number) >> 4 !== 6) return undefined;
  const end = start + 40 + payload;
  if (end > bytes.length) return undefined;
  return { family: 'ipv6', source, destination, end, ...findUpperLayer(bytes, next, start + 40, end, false) };
}

type Place = {
  readonly from: 'link' | 'network' | 'transport';
  readonly offset: number;
  readonly length: number;
  readonly shift?: number;
  readonly mask?: bigint;
};

const link = (offset: number, length: number, mask?: bigint): Place =>
  mask === undefined ? { from: 'link', offset, length } : { from: 'link', offset, length, mask };
const network = (offset: number, length: number, shift?: number, mask?: bigint): Place => ({
  from: 'network',
  offset,
  length,
  ...(shift === undefined ? {} : { shift }),
  ...(mask === undefined ? {} : { mask }),
});
const transport = (offset: number, length: number): Place => ({ from: 'transport', offset, length });

const places: Readonly<Record<Exclude<HeaderField, 'transport-protocol' | 'vlan-type'>, Place>> = {
  'ether-destination': link(0, 6),
  'ether-source': link(6, 6),
  'ether-type': link(12, 2),
  'vlan-id': link(14, 2, 0xfffn),
  'stp-header': network(0, 5),
  'stp-type': network(6, 1),
  'stp-flags': network(7, 1),
  'stp-root-priority': network(8, 2),
  'stp-root-address': network(10, 6),
  'stp-root-cost': network(16, 4),
  'stp-sender-priority': network(20, 2),
  'stp-sender-address': network(22, 6),
  'stp-port': network(28, 2),
  'stp-age': network(30, 2),
  'stp-max-age': network(32, 2),
  'stp-hello-time': network(34, 2),
  'stp-forward-delay': network(36, 2),
  'arp-hardware-type': network(0, 2),
  'arp-protocol-type': network(2, 2),
  'arp-hardware-length': network(4, 1),
  'arp-protocol-length': network(5, 1),
  'arp-opcode': network(6, 2),
  'arp-sender-mac': network(8, 6),
  'arp-sender-ip': network(14, 4),
  'arp-target-mac': network(18, 6),
  'arp-target-ip': network(24, 4),
  'ip-dscp': network(1, 1, 2),
  'ip-protocol': network(9, 1),
  'ip-source': network(12, 4),
  'ip-destination': network(16, 4),
  'ip6-dscp': network(0, 2, 6, 0x3fn),
  'ip6-source': network(8, 16),
  'ip6-destination': network(24, 16),
  'source-port': transport(0, 2),
  'destination-port': transport(2, 2),
  'icmp-type': transport(0, 1),
  'icmp-code': transport(1, 1),
};

/**
 * The type behind a tag. Where there is a length instead, the kernel has a number of its own, and rules see that one (kernel:
 * vlan_set_encap_proto: ETH_P_802_3 for Novell's frames, else ETH_P_802_2).
 */
function taggedType(bytes: Uint8Array): bigint | undefined {
  const type = number(bytes, ethernetHeader + 2, 2);
  if (type === undefined || type >= smallestType) return type === undefined ? undefined : BigInt(type);
  return number(bytes, ethernetHeader + tagLength, 2) === 0xffff ? 1n : 4n;
}

const isIcmp = (packet: PacketView | undefined): boolean => packet?.protocol === (packet?.family === 'ipv6' ? 58 : 1);

export function viewFrame(bytes: Uint8Array): FrameView {
  const etherType = number(bytes, 12, 2);
  const networkStart =
    etherType !== undefined && tagTypes.includes(etherType) ? ethernetHeader + tagLength : ethernetHeader;
  const packet = etherType === 0x0800 ? ipv4View(bytes) : etherType === 0x86dd ? ipv6View(bytes) : undefined;
  return {
    bytes,
    packet,
    read(field) {
      if (field === 'transport-protocol') {
        return packet?.protocol === undefined ? undefined : BigInt(packet.protocol);
      }
      if (field === 'vlan-type') return taggedType(bytes);
      if ((field === 'icmp-type' || field === 'icmp-code') && !isIcmp(packet)) return undefined;
      const { from, offset, length, shift = 0, mask } = places[field];
      const start = from === 'link' ? 0 : from === 'network' ? networkStart : packet?.transport;
      if (start === undefined) return undefined;
      // What lies behind the packet's end is padding, not a header.
      if (from === 'transport' && packet !== undefined && start + offset + length > packet.end) return undefined;
      const value = bigEndian(bytes, start + offset, length);
      if (value === undefined) return undefined;
      const shifted = value >> BigInt(shift);
      return mask === undefined ? shifted : shifted & mask;
    },
  };
}
