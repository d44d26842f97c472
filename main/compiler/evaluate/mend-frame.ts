import { addressBytes, onesComplementSum } from './connections/checksum.ts';
import { viewFrame } from './frame-view.ts';

const ethernetHeader = 14;
const ipv6Header = 40;

/** Where the transport protocols keep their checksums, and whether these cover the addresses. */
const checksums: Readonly<Record<number, { readonly at: number; readonly coversAddresses: boolean }>> = {
  1: { at: 2, coversAddresses: false },
  6: { at: 16, coversAddresses: true },
  17: { at: 6, coversAddresses: true },
  58: { at: 2, coversAddresses: true },
};
const udp = 17;

const read = (bytes: Uint8Array, at: number): number => ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);

function write(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = value >> 8;
  bytes[at + 1] = value & 0xff;
}

/** Lets an IP header speak of no more than is there; whether it did. */
function shorten(bytes: Uint8Array): boolean {
  const there = bytes.length - ethernetHeader;
  const type = read(bytes, 12);
  if (type === 0x0800 && there >= 20 && read(bytes, ethernetHeader + 2) > there) {
    write(bytes, ethernetHeader + 2, there);
    const length = ((bytes[ethernetHeader] ?? 0) & 0xf) * 4;
    write(bytes, ethernetHeader + 10, 0);
    write(
      bytes,
      ethernetHeader + 10,
      ~onesComplementSum(bytes.subarray(ethernetHeader, ethernetHeader + length)) & 0xffff,
    );
    return true;
  }
  if (type === 0x86dd && there >= ipv6Header && read(bytes, ethernetHeader + 4) > there - ipv6Header) {
    write(bytes, ethernetHeader + 4, there - ipv6Header);
    return true;
  }
  return false;
}

/**
 * A frame as it was logged, made whole: one that was cut speaks of what is left of it, and a checksum that a virtual network card had left to
 * be finished (CHECKSUM_PARTIAL in linux/skbuff.h: the sum over the addresses stands there) is finished. Everything else stays as it was.
 */
export function mendFrame(frame: Uint8Array): Uint8Array {
  const bytes = Uint8Array.from(frame);
  const isCut = shorten(bytes);
  const { packet } = viewFrame(bytes);
  const place = packet?.protocol === undefined || packet.fragment ? undefined : checksums[packet.protocol];
  if (packet?.transport === undefined || place === undefined) return bytes;
  const at = packet.transport + place.at;
  const length = packet.end - packet.transport;
  if (at + 2 > packet.end) return bytes;
  const width = packet.family === 'ipv4' ? 4 : 16;
  const pseudo = place.coversAddresses
    ? [
        ...addressBytes(packet.source, width),
        ...addressBytes(packet.destination, width),
        ...addressBytes(BigInt(length), 4),
        ...addressBytes(BigInt(packet.protocol ?? 0), 4),
      ]
    : [];
  const isPartial = place.coversAddresses && read(bytes, at) === onesComplementSum(Uint8Array.from(pseudo));
  if (!isCut && !isPartial) return bytes;
  if (isCut && packet.protocol === udp) write(bytes, packet.transport + 4, length);
  // To UDP over IPv4 no checksum is as good as one.
  if (packet.protocol === udp && packet.family === 'ipv4' && read(bytes, at) === 0) return bytes;
  write(bytes, at, 0);
  const sum =
    ~onesComplementSum(Uint8Array.from([...pseudo, ...bytes.subarray(packet.transport, packet.end)])) & 0xffff;
  write(bytes, at, sum === 0 && packet.protocol === udp ? 0xffff : sum);
  return bytes;
}
