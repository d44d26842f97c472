import { bigEndian } from '../big-endian.ts';
import type { PacketView } from '../frame-view.ts';

/** The sum of RFC 1071, before it is complemented; an odd byte at the end counts as if a zero followed it. */
export function onesComplementSum(bytes: Uint8Array): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 2) sum += ((bytes[at] as number) << 8) | (bytes[at + 1] ?? 0);
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x10000);
  return sum;
}

/** A number as bytes in network order. */
export function addressBytes(address: bigint, length: number): number[] {
  return Array.from({ length }, (_, at) => Number((address >> BigInt(8 * (length - 1 - at))) & 0xffn));
}

/**
 * Whether the Internet checksum (RFC 1071) over `length` bytes of the transport part, with the pseudo header of the given protocol (RFC 768, RFC
 * 8200) or, for ICMP, without one, comes out right. `wholeLength` is the length that the pseudo header names.
 */
export function checksumHolds(
  frame: Uint8Array,
  packet: PacketView,
  pseudoProtocol: number | undefined,
  length = packet.end - (packet.transport ?? packet.end),
  wholeLength = length,
): boolean {
  if (packet.transport === undefined) return false;
  const body = frame.subarray(packet.transport, packet.transport + length);
  const width = packet.family === 'ipv4' ? 4 : 16;
  const pseudo =
    pseudoProtocol === undefined
      ? []
      : [
          ...addressBytes(packet.source, width),
          ...addressBytes(packet.destination, width),
          ...addressBytes(BigInt(wholeLength), 4),
          ...addressBytes(BigInt(pseudoProtocol), 4),
        ];
  return onesComplementSum(Uint8Array.from([...pseudo, ...body])) === 0xffff;
}

const castagnoli = 0x82f63b78;

/** SCTP's CRC32c (RFC 9260, appendix A), computed with the checksum field as zero. */
export function sctpChecksumHolds(frame: Uint8Array, packet: PacketView): boolean {
  if (packet.transport === undefined) return false;
  const body = Uint8Array.from(frame.subarray(packet.transport, packet.end));
  const found = bigEndian(body, 8, 4);
  if (found === undefined) return false;
  body.fill(0, 8, 12);
  let crc = 0xffffffff;
  for (const byte of body) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ castagnoli : crc >>> 1;
  }
  const value = ~crc >>> 0;
  // The field is in network order, the CRC's bytes are reversed.
  const reversed = ((value & 0xff) << 24) | ((value & 0xff00) << 8) | ((value >>> 8) & 0xff00) | (value >>> 24);
  return BigInt(reversed >>> 0) === found;
}
