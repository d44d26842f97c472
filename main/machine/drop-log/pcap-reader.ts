/** A record of a capture. */
export interface CapturedPacket {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly bytes: Uint8Array;
}

/** The packets that a chunk completes; undefined once the stream is none that can be read, and from then on. */
export interface PcapReader {
  push(chunk: Uint8Array): readonly CapturedPacket[] | undefined;
  /** Numbers are in the byte order of whoever captured; told by the first bytes. */
  readonly littleEndian: boolean;
}

/** LINKTYPE_NFLOG (https://www.tcpdump.org/linktypes.html). */
const nflog = 239;
const fileHeader = 24;
const recordHeader = 16;
/** Of one record: 160 bytes of a packet, its link header, and the attributes around them come to some 500. */
export const maxRecordBytes = 8192;
const microseconds = 0xa1b2c3d4;
const nanoseconds = 0xa1b23c4d;

/** Takes a stream in the pcap format (draft-ietf-opsawg-pcap) apart. */
export function createPcapReader(): PcapReader {
  let pending: Uint8Array = new Uint8Array();
  let perMillisecond: number | undefined;
  let littleEndian = true;
  let isBroken = false;

  function readFileHeader(view: DataView): boolean {
    const known = [true, false].flatMap((order) =>
      [microseconds, nanoseconds]
        .filter((magic) => view.getUint32(0, order) === magic)
        .map((magic) => ({ order, magic })),
    )[0];
    if (known === undefined) return false;
    littleEndian = known.order;
    perMillisecond = known.magic === microseconds ? 1000 : 1_000_000;
    return (view.getUint32(20, littleEndian) & 0xffff) === nflog;
  }

  function take(chunk: Uint8Array): readonly CapturedPacket[] | undefined {
    pending = joined(pending, chunk);
    let view = new DataView(pending.buffer, pending.byteOffset, pending.byteLength);
    let at = 0;
    if (perMillisecond === undefined) {
      if (pending.length < fileHeader) return [];
      if (!readFileHeader(view) || perMillisecond === undefined) return undefined;
      at = fileHeader;
    }
    const packets: CapturedPacket[] = [];
    while (pending.length - at >= recordHeader) {
      view = new DataView(pending.buffer, pending.byteOffset + at, recordHeader);
      const length = view.getUint32(8, littleEndian);
      if (length > maxRecordBytes) return undefined;
      if (pending.length - at - recordHeader < length) break;
      const start = at + recordHeader;
      packets.push({
        at: view.getUint32(0, littleEndian) * 1000 + Math.floor(view.getUint32(4, littleEndian) / perMillisecond),
        bytes: pending.slice(start, start + length),
      });
      at = start + length;
    }
    pending = pending.slice(at);
    return packets;
  }

  return {
    get littleEndian() {
      return littleEndian;
    },
    push(chunk) {
      const packets = isBroken ? undefined : take(chunk);
      if (packets === undefined) {
        isBroken = true;
        pending = new Uint8Array();
      }
      return packets;
    },
  };
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array {
  if (one.length === 0) return other;
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}
