import type { IpFamily } from '../../main/compiler/policy/policy.ts';
import { bytes, concat, internetChecksum, uint, withBytes } from './bytes.ts';

/** The two ends of a packet, each address a number of the family's width. */
export interface Ends {
  readonly family: IpFamily;
  readonly source: bigint;
  readonly destination: bigint;
}

export interface IpOptions {
  readonly dscp?: number;
  /** IPv4: flags and fragment offset as they stand in the header. */
  readonly fragment?: number;
  readonly ttl?: number;
  /** IPv4: header options, a multiple of four bytes. */
  readonly options?: Uint8Array;
  /** IPv4: a header checksum that does not hold. */
  readonly badChecksum?: boolean;
}

function ipv4Packet(
  { source, destination }: Ends,
  protocol: number,
  payload: Uint8Array,
  given: IpOptions,
): Uint8Array {
  const { dscp = 0, fragment = 0, ttl = 64, options = bytes(), badChecksum = false } = given;
  const length = 20 + options.length;
  const header = concat(
    bytes(0x40 | (length / 4), dscp << 2),
    uint(length + payload.length, 2),
    uint(0x1234, 2),
    uint(fragment, 2),
    bytes(ttl, protocol, 0, 0),
    uint(source, 4),
    uint(destination, 4),
    options,
  );
  const checksum = internetChecksum(header) ^ (badChecksum ? 0x5555 : 0);
  return concat(withBytes(header, 10, uint(checksum, 2)), payload);
}

function ipv6Packet(
  { source, destination }: Ends,
  protocol: number,
  payload: Uint8Array,
  given: IpOptions,
): Uint8Array {
  const { dscp = 0, ttl = 64 } = given;
  return concat(
    uint((6n << 28n) | (BigInt(dscp) << 22n), 4),
    uint(payload.length, 2),
    bytes(protocol, ttl),
    uint(source, 16),
    uint(destination, 16),
    payload,
  );
}

export function ipPacket(ends: Ends, protocol: number, payload: Uint8Array, options: IpOptions = {}): Uint8Array {
  return (ends.family === 'ipv4' ? ipv4Packet : ipv6Packet)(ends, protocol, payload, options);
}

/** An IPv6 extension header that is a multiple of eight bytes: hop-by-hop or destination options filled by PadN, or a spent routing header. */
export function extensionHeader(kind: 'options' | 'routing', next: number, eights = 1): Uint8Array {
  const rest = 8 * eights - 4;
  const start = kind === 'options' ? bytes(next, eights - 1, 1, rest) : bytes(next, eights - 1, 0, 0);
  return concat(start, new Uint8Array(rest));
}

/** The IPv6 fragment header; `offset` in units of eight bytes. */
export function fragmentHeader(next: number, offset: number, more: boolean): Uint8Array {
  return concat(bytes(next, 0), uint((offset << 3) | (more ? 1 : 0), 2), uint(0x77, 4));
}

/** What TCP, UDP and ICMPv6 put before themselves when they compute their checksum (RFC 9293, RFC 8200). */
export function pseudoHeader({ family, source, destination }: Ends, protocol: number, length: number): Uint8Array {
  const width = family === 'ipv4' ? 4 : 16;
  return concat(uint(source, width), uint(destination, width), uint(length, 4), uint(protocol, 4));
}
