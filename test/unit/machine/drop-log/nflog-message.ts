/** What a message of nfnetlink_log is made of; numbers are big-endian where the kernel has them so. */
export interface Message {
  readonly family?: number;
  readonly version?: number;
  readonly attributes: readonly (readonly [type: number, value: readonly number[]])[];
}

export const text = (value: string): readonly number[] => [...new TextEncoder().encode(value), 0];
export const word = (value: number): readonly number[] => [0, 0, value >> 8, value & 0xff];

function number(value: number, littleEndian: boolean): readonly number[] {
  const bytes = [value & 0xff, value >> 8];
  return littleEndian ? bytes : bytes.toReversed();
}

/** As LINKTYPE_NFLOG has it. */
export function nflogMessage({ family = 7, version = 0, attributes }: Message, littleEndian = true): Uint8Array {
  const parts = attributes.flatMap(([type, value]) => {
    const bytes = [...number(value.length + 4, littleEndian), ...number(type, littleEndian), ...value];
    return [...bytes, ...Array.from({ length: (4 - (bytes.length % 4)) % 4 }, () => 0)];
  });
  return Uint8Array.from([family, version, 0x67, 0x77, ...parts]);
}

/** A capture of such messages, a second apart, from 1000 on. */
export function pcap(messages: readonly Uint8Array[], littleEndian = true, linkType = 239): Uint8Array {
  const file = new DataView(new ArrayBuffer(24));
  file.setUint32(0, 0xa1b2c3d4, littleEndian);
  file.setUint32(20, linkType, littleEndian);
  const records = messages.flatMap((message, index) => {
    const header = new DataView(new ArrayBuffer(16));
    header.setUint32(0, 1000 + index, littleEndian);
    header.setUint32(4, 250_000, littleEndian);
    header.setUint32(8, message.length, littleEndian);
    header.setUint32(12, message.length, littleEndian);
    return [...new Uint8Array(header.buffer), ...message];
  });
  return Uint8Array.from([...new Uint8Array(file.buffer), ...records]);
}
