import { etherTypeNames, ipProtocolNames } from '../../../shared/nwfilter/protocols.ts';
import type { IpFamily } from '../policy/policy.ts';
import { addressBytes, onesComplementSum } from './connections/checksum.ts';

/** The ends of an IP packet; addresses are numbers of their family's width. */
export interface PacketEnds {
  readonly family: IpFamily;
  readonly source: bigint;
  readonly destination: bigint;
}

export type FrameContent =
  | (PacketEnds & {
      readonly protocol: 'tcp';
      readonly sourcePort: number;
      readonly destinationPort: number;
      /** The header's flag bits. */
      readonly flags: number;
    })
  | (PacketEnds & { readonly protocol: 'udp'; readonly sourcePort: number; readonly destinationPort: number })
  /** ICMP or, over IPv6, ICMPv6. */
  | (PacketEnds & {
      readonly protocol: 'icmp';
      readonly type: number;
      readonly code: number;
      readonly identifier: number;
    })
  | {
      readonly protocol: 'arp';
      readonly operation: number;
      readonly senderMac: bigint;
      readonly senderIp: bigint;
      readonly targetMac: bigint;
      readonly targetIp: bigint;
    };

export interface FrameDescription {
  readonly sourceMac: bigint;
  readonly destinationMac: bigint;
  readonly content: FrameContent;
  /** What the packet carries behind its headers. */
  readonly payload?: Uint8Array;
}

type Packet = Exclude<FrameContent, { protocol: 'arp' }>;

const ethernet = 1;
/** Ethernet's least length without the checksum (IEEE 802.3, 3.2.8). */
const shortestFrame = 60;
const hopLimit = 64;
/** Neighbour discovery is believed only if no router has passed it on (RFC 4861, 7.1). */
const neighbourHopLimit = 255;
const neighbourDiscovery = [133, 134, 135, 136, 137];
const firstSequence = 1000;
const window = 64_240;
const identification = 0x1111;

const u16 = (value: number): readonly number[] => addressBytes(BigInt(value), 2);
const mac = (value: bigint): readonly number[] => addressBytes(value, 6);

/** Puts the checksum over `covered` and the bytes into the two bytes at `at`. 0, which to UDP means "none", is written as its equal 0xffff. */
function withChecksum(bytes: readonly number[], at: number, covered: readonly number[] = []): readonly number[] {
  const sum = 0xffff - onesComplementSum(Uint8Array.from([...covered, ...bytes]));
  return bytes.toSpliced(at, 2, ...u16(sum || 0xffff));
}

function protocolNumber({ protocol, family }: Packet): number {
  return ipProtocolNames[protocol === 'icmp' && family === 'ipv6' ? 'icmpv6' : protocol];
}

/** RFC 9293 (3.1), RFC 768, RFC 792 and RFC 4443; every checksum but ICMP's covers the addresses. */
function transport(packet: Packet, payload: readonly number[]): readonly number[] {
  const width = packet.family === 'ipv4' ? 4 : 16;
  const pseudo = (length: number): readonly number[] => [
    ...addressBytes(packet.source, width),
    ...addressBytes(packet.destination, width),
    ...addressBytes(BigInt(length), 4),
    ...addressBytes(BigInt(protocolNumber(packet)), 4),
  ];
  switch (packet.protocol) {
    case 'tcp': {
      const ports = [...u16(packet.sourcePort), ...u16(packet.destinationPort)];
      const numbers = [...addressBytes(BigInt(firstSequence), 4), ...addressBytes(0n, 4)];
      const bytes = [...ports, ...numbers, 5 << 4, packet.flags, ...u16(window), 0, 0, 0, 0, ...payload];
      return withChecksum(bytes, 16, pseudo(bytes.length));
    }
    case 'udp': {
      const ports = [...u16(packet.sourcePort), ...u16(packet.destinationPort)];
      const length = 8 + payload.length;
      return withChecksum([...ports, ...u16(length), 0, 0, ...payload], 6, pseudo(length));
    }
    case 'icmp': {
      const bytes = [packet.type, packet.code, 0, 0, ...u16(packet.identifier), ...u16(1), ...payload];
      return withChecksum(bytes, 2, packet.family === 'ipv4' ? [] : pseudo(bytes.length));
    }
  }
}

function ipv4(packet: Packet, body: readonly number[]): readonly number[] {
  const lengths = [0x45, 0, ...u16(20 + body.length), ...u16(identification), 0, 0];
  const header = [...lengths, hopLimit, protocolNumber(packet), 0, 0];
  const ends = [...addressBytes(packet.source, 4), ...addressBytes(packet.destination, 4)];
  return [...withChecksum([...header, ...ends], 10), ...body];
}

function ipv6(packet: Packet, body: readonly number[]): readonly number[] {
  const isNeighbour = packet.protocol === 'icmp' && neighbourDiscovery.includes(packet.type);
  const header = [0x60, 0, 0, 0, ...u16(body.length), protocolNumber(packet)];
  const ends = [...addressBytes(packet.source, 16), ...addressBytes(packet.destination, 16)];
  return [...header, isNeighbour ? neighbourHopLimit : hopLimit, ...ends, ...body];
}

/** RFC 826, for Ethernet and IPv4. */
function arp(content: Extract<FrameContent, { protocol: 'arp' }>): readonly number[] {
  return [
    ...[...u16(ethernet), ...u16(etherTypeNames.ipv4), 6, 4, ...u16(content.operation)],
    ...[...mac(content.senderMac), ...addressBytes(content.senderIp, 4)],
    ...[...mac(content.targetMac), ...addressBytes(content.targetIp, 4)],
  ];
}

/** Writes an untagged Ethernet frame with right lengths and checksums. */
export function buildFrame({ sourceMac, destinationMac, content, payload }: FrameDescription): Uint8Array {
  const type = etherTypeNames[content.protocol === 'arp' ? 'arp' : content.family];
  const carried = [...(payload ?? [])];
  const inside = (packet: Packet): readonly number[] =>
    (packet.family === 'ipv4' ? ipv4 : ipv6)(packet, transport(packet, carried));
  const body = content.protocol === 'arp' ? arp(content) : inside(content);
  const bytes = [...mac(destinationMac), ...mac(sourceMac), ...u16(type), ...body];
  // Padding is what a network card adds on its own; only ARP senders write it, for it would be no part of an IP packet.
  const length = content.protocol === 'arp' ? Math.max(shortestFrame, bytes.length) : bytes.length;
  return Uint8Array.from({ length }, (_, at) => bytes[at] ?? 0);
}
