import type { HeaderField } from '../../../main/compiler/policy/header-field.ts';
import type { Direction, IpFamily } from '../../../main/compiler/policy/policy.ts';
import { bytes, concat, uint } from '../../frames/bytes.ts';
import { type Ends, extensionHeader, type IpOptions, ipPacket } from '../../frames/ip.ts';
import { arpPacket, ethernetFrame, etherType, lengthFrame, type Station } from '../../frames/link.ts';
import {
  ahPacket,
  espPacket,
  icmpMessage,
  igmpReport,
  sctpChunk,
  sctpInitiateTag,
  sctpPacket,
  tcpFlag,
  tcpSegment,
  udpDatagram,
  udpliteDatagram,
} from '../../frames/transport.ts';
import { guest, peer } from './bench-world.ts';

/** What a frame says, before it is written: header fields by name, and what no field holds. */
export interface Sketch {
  readonly direction: Direction;
  readonly fields: ReadonlyMap<HeaderField, bigint>;
  readonly tcp: {
    readonly flags: number;
    readonly options: readonly number[];
    readonly sequence: number;
    readonly acknowledgement: number;
  };
  readonly sctpChunk: number;
  readonly badChecksum: boolean;
  /** Bytes of the transport part that are left; the lengths before it are right. */
  readonly cut: number | undefined;
  /** IPv6: extension headers before the transport header; IPv4: a word of options. */
  readonly extensions: readonly ('hop-by-hop' | 'destination' | 'routing' | 'broken')[];
  /** IPv4: flags and offset of a fragment. */
  readonly fragment: number;
  /** What the payload of an ICMP error quotes. */
  readonly quoted: Uint8Array | undefined;
}

export const blankSketch = (direction: Direction, fields: ReadonlyMap<HeaderField, bigint>): Sketch => ({
  direction,
  fields,
  tcp: { flags: tcpFlag.syn, options: [], sequence: 1000, acknowledgement: 0 },
  sctpChunk: sctpChunk.init,
  badChecksum: false,
  cut: undefined,
  extensions: [],
  fragment: 0,
  quoted: undefined,
});

type Read = (field: HeaderField, otherwise: bigint | number) => bigint;

const reader =
  ({ fields }: Sketch): Read =>
  (field, otherwise) =>
    fields.get(field) ?? BigInt(otherwise);

/** The kind of address that a bridge forwards from: one station's, and not nobody's (kernel: is_valid_ether_addr). */
const isStation = (mac: bigint): boolean => mac !== 0n && ((mac >> 40n) & 1n) === 0n;

function stationOf(sketch: Sketch): Station {
  const read = reader(sketch);
  const [from, to] = sketch.direction === 'out' ? [guest, peer] : [peer, guest];
  const source = read('ether-source', from.mac);
  return { source: isStation(source) ? source : from.mac, destination: read('ether-destination', to.mac) };
}

function endsOf(sketch: Sketch, family: IpFamily): Ends {
  const read = reader(sketch);
  const [from, to] = sketch.direction === 'out' ? [guest, peer] : [peer, guest];
  return family === 'ipv4'
    ? { family, source: read('ip-source', from.ipv4), destination: read('ip-destination', to.ipv4) }
    : { family, source: read('ip6-source', from.ipv6), destination: read('ip6-destination', to.ipv6) };
}

/** Options of two bytes and more, and the two of one, filled up to whole words. */
function tcpOptionBytes(kinds: readonly number[]): Uint8Array {
  const options = concat(...kinds.map((kind) => (kind < 2 ? bytes(kind) : bytes(kind, 4, 0, 0))));
  return concat(options, new Uint8Array((4 - (options.length % 4)) % 4));
}

function payloadOf(sketch: Sketch, ends: Ends, protocol: number): Uint8Array {
  const read = reader(sketch);
  const { badChecksum, tcp } = sketch;
  const ports = {
    source: Number(read('source-port', 40_000)),
    destination: Number(read('destination-port', 80)),
  };
  switch (protocol) {
    case 6: {
      const { flags, sequence, acknowledgement } = tcp;
      const options = tcpOptionBytes(tcp.options);
      return tcpSegment(ends, ports, { flags, sequence, acknowledgement, options, badChecksum });
    }
    case 17:
      return udpDatagram(ends, ports, { badChecksum });
    case 136:
      return udpliteDatagram(ends, ports);
    case 132:
      return sctpPacket(ports, sketch.sctpChunk, {
        badChecksum,
        // What the INIT asked answers to carry.
        ...(sketch.sctpChunk === sctpChunk.data ? { tag: sctpInitiateTag } : {}),
      });
    case 1:
    case 58: {
      const type = Number(read('icmp-type', protocol === 1 ? 8 : 128));
      const code = Number(read('icmp-code', 0));
      const rest = sketch.quoted === undefined ? {} : { rest: concat(uint(0, 4), sketch.quoted) };
      return icmpMessage(ends, { type, code, badChecksum, ...rest });
    }
    case 2:
      return igmpReport();
    case 50:
      return espPacket();
    case 51:
      return ahPacket();
    case 59:
      return bytes();
    default:
      return concat(uint(ports.source, 2), uint(ports.destination, 2), new Uint8Array(16));
  }
}

const nextHeader = { 'hop-by-hop': 0, destination: 60, routing: 43, broken: 60 } as const;

/** The packet of a sketch, without a frame around it. */
export function packetOf(sketch: Sketch, family: IpFamily): Uint8Array {
  const read = reader(sketch);
  const ends = endsOf(sketch, family);
  const given =
    family === 'ipv4'
      ? (sketch.fields.get('ip-protocol') ?? read('transport-protocol', 17))
      : read('transport-protocol', 17);
  const protocol = Number(given);
  const dscp = Number(read(family === 'ipv4' ? 'ip-dscp' : 'ip6-dscp', 0));
  let payload = payloadOf(sketch, ends, protocol).subarray(0, sketch.cut);
  if (family === 'ipv4') {
    const options: IpOptions = sketch.extensions.length > 0 ? { options: bytes(1, 1, 1, 0) } : {};
    return ipPacket(ends, protocol, payload, { dscp, fragment: sketch.fragment, ...options });
  }
  let next = protocol;
  for (const kind of sketch.extensions.toReversed()) {
    const header = extensionHeader(kind === 'routing' ? 'routing' : 'options', next);
    // A length far beyond the packet.
    if (kind === 'broken') header[1] = 200;
    payload = concat(header, payload);
    next = nextHeader[kind];
  }
  return ipPacket(ends, next, payload, { dscp });
}

function arpOf(sketch: Sketch): Uint8Array {
  const read = reader(sketch);
  const number = (field: HeaderField, otherwise: number): number => Number(read(field, otherwise));
  const [from, to] = sketch.direction === 'out' ? [guest, peer] : [peer, guest];
  return arpPacket({
    hardwareType: number('arp-hardware-type', 1),
    protocolType: number('arp-protocol-type', etherType.ipv4),
    hardwareLength: number('arp-hardware-length', 6),
    protocolLength: number('arp-protocol-length', 4),
    opcode: number('arp-opcode', 1),
    senderMac: read('arp-sender-mac', from.mac),
    senderIp: read('arp-sender-ip', from.ipv4),
    targetMac: read('arp-target-mac', to.mac),
    targetIp: read('arp-target-ip', to.ipv4),
  });
}

/** A BPDU under its LLC header, after IEEE 802.1D, 9.3.1. */
function bpduOf(sketch: Sketch): Uint8Array {
  const read = reader(sketch);
  return concat(
    uint(read('stp-header', 0x4242030000n), 5),
    bytes(0),
    uint(read('stp-type', 0), 1),
    uint(read('stp-flags', 0), 1),
    uint(read('stp-root-priority', 0x8000), 2),
    uint(read('stp-root-address', peer.mac), 6),
    uint(read('stp-root-cost', 4), 4),
    uint(read('stp-sender-priority', 0x8000), 2),
    uint(read('stp-sender-address', peer.mac), 6),
    uint(read('stp-port', 0x8002), 2),
    uint(read('stp-age', 256), 2),
    uint(read('stp-max-age', 5120), 2),
    uint(read('stp-hello-time', 512), 2),
    uint(read('stp-forward-delay', 3840), 2),
  );
}

/** The frame of a sketch, without tags; `type` is its EtherType, or `bpdu`. */
export function frameOf(sketch: Sketch, type: number | 'bpdu'): Uint8Array {
  const station = stationOf(sketch);
  switch (type) {
    case 'bpdu':
      return lengthFrame(station, bpduOf(sketch));
    case etherType.ipv4:
      return ethernetFrame(station, type, packetOf(sketch, 'ipv4'));
    case etherType.ipv6:
      return ethernetFrame(station, type, packetOf(sketch, 'ipv6'));
    case etherType.arp:
    case etherType.rarp:
      return ethernetFrame(station, type, arpOf(sketch));
    default:
      return ethernetFrame(station, type, new Uint8Array(46).fill(9));
  }
}
