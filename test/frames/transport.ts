import { bytes, concat, crc32c, internetChecksum, uint, withBytes } from './bytes.ts';
import { type Ends, pseudoHeader } from './ip.ts';

export const tcpFlag = {
  fin: 0x01,
  syn: 0x02,
  rst: 0x04,
  psh: 0x08,
  ack: 0x10,
  urg: 0x20,
  ece: 0x40,
  cwr: 0x80,
} as const;

const text = new TextEncoder().encode('payload!payload!');
const bad = 0x5555;

export interface Ports {
  readonly source: number;
  readonly destination: number;
}

/** What a sender may do wrong. */
export interface Faults {
  readonly badChecksum?: boolean;
  readonly noChecksum?: boolean;
}

function sealed(
  ends: Ends,
  protocol: number,
  segment: Uint8Array,
  offset: number,
  faults: Faults,
  length = segment.length,
) {
  if (faults.noChecksum === true) return segment;
  const sum = internetChecksum(concat(pseudoHeader(ends, protocol, segment.length), segment.subarray(0, length)));
  return withBytes(segment, offset, uint(sum ^ (faults.badChecksum === true ? bad : 0), 2));
}

export interface TcpOptions extends Faults {
  readonly flags?: number;
  readonly sequence?: number;
  readonly acknowledgement?: number;
  readonly options?: Uint8Array;
  readonly data?: Uint8Array;
}

export function tcpSegment(ends: Ends, { source, destination }: Ports, given: TcpOptions = {}): Uint8Array {
  const { flags = tcpFlag.syn, sequence = 1000, acknowledgement = 0, options = bytes(), data = bytes() } = given;
  const segment = concat(
    uint(source, 2),
    uint(destination, 2),
    uint(sequence, 4),
    uint(acknowledgement, 4),
    bytes(((20 + options.length) / 4) << 4, flags),
    uint(0xffff, 2),
    uint(0, 4),
    options,
    data,
  );
  return sealed(ends, 6, segment, 16, given);
}

export function udpDatagram(
  ends: Ends,
  { source, destination }: Ports,
  faults: Faults & { length?: number } = {},
): Uint8Array {
  const length = faults.length ?? 8 + text.length;
  const datagram = concat(uint(source, 2), uint(destination, 2), uint(length, 2), uint(0, 2), text);
  return sealed(ends, 17, datagram, 6, faults);
}

/** `coverage` 0 is the whole; `pseudoProtocol` is the number that goes into the pseudo header. */
export function udpliteDatagram(
  ends: Ends,
  { source, destination }: Ports,
  given: Faults & { readonly coverage?: number; readonly pseudoProtocol?: number } = {},
): Uint8Array {
  const { coverage = 0, pseudoProtocol = 136 } = given;
  const datagram = concat(uint(source, 2), uint(destination, 2), uint(coverage, 2), uint(0, 2), text);
  return sealed(ends, pseudoProtocol, datagram, 6, given, coverage === 0 ? datagram.length : coverage);
}

export const sctpChunk = {
  data: 0,
  init: 1,
  initAck: 2,
  sack: 3,
  heartbeat: 4,
  heartbeatAck: 5,
  abort: 6,
  shutdown: 7,
  shutdownAck: 8,
  cookieEcho: 10,
  cookieAck: 11,
  shutdownComplete: 14,
} as const;

export const sctpInitiateTag = 0xabcd;

export function sctpPacket(
  { source, destination }: Ports,
  chunk: number,
  {
    tag = chunk === sctpChunk.init ? 0 : 7,
    badChecksum = false,
  }: { readonly tag?: number; readonly badChecksum?: boolean } = {},
): Uint8Array {
  const bodies: Readonly<Record<number, Uint8Array>> = {
    [sctpChunk.data]: concat(uint(1, 4), uint(0, 8), uint(0x41424344, 4)),
    [sctpChunk.init]: concat(uint(sctpInitiateTag, 4), uint(0xffff, 4), uint(1, 2), uint(1, 2), uint(1, 4)),
  };
  const body = bodies[chunk] ?? bytes();
  const packet = concat(
    uint(source, 2),
    uint(destination, 2),
    uint(tag, 4),
    uint(0, 4),
    bytes(chunk, chunk === sctpChunk.data ? 3 : 0),
    uint(4 + body.length, 2),
    body,
  );
  const sum = crc32c(packet);
  return withBytes(packet, 8, badChecksum ? sum.map((byte) => byte ^ 0x55) : sum);
}

export interface IcmpMessage extends Faults {
  readonly type: number;
  readonly code?: number;
  /** What follows type, code and checksum. */
  readonly rest?: Uint8Array;
}

const echo = concat(uint(1, 2), uint(1, 2), text);

/** ICMP or, between IPv6 addresses, ICMPv6. */
export function icmpMessage(ends: Ends, { type, code = 0, rest = echo, ...faults }: IcmpMessage): Uint8Array {
  const message = concat(bytes(type, code, 0, 0), rest);
  if (ends.family === 'ipv6') return sealed(ends, 58, message, 2, faults);
  return withBytes(message, 2, uint(internetChecksum(message) ^ (faults.badChecksum === true ? bad : 0), 2));
}

export function igmpReport(group = 0xef010203): Uint8Array {
  const message = concat(bytes(0x16, 0, 0, 0), uint(group, 4));
  return withBytes(message, 2, uint(internetChecksum(message), 2));
}

export function espPacket(): Uint8Array {
  return concat(uint(0x1001, 4), uint(1, 4), new Uint8Array(24).fill(7));
}

/** Authentication header with what it protects. */
export function ahPacket(next = 59, payload = bytes()): Uint8Array {
  return concat(bytes(next, 4, 0, 0), uint(0x1001, 4), uint(1, 4), new Uint8Array(12), payload);
}
