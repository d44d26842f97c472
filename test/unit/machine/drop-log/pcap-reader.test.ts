import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPcapReader, maxRecordBytes } from '../../../../main/machine/drop-log/pcap-reader.ts';
import { pcap } from './nflog-message.ts';

const messages = [Uint8Array.from([1, 2, 3]), new Uint8Array(), Uint8Array.from([4])];
const packets = messages.map((bytes, index) => ({ at: 1_000_250 + 1000 * index, bytes }));

describe('a capture', () => {
  it.each([[true], [false]])('is read however it is cut, in either byte order (little-endian: %s)', (littleEndian) => {
    const whole = pcap(messages, littleEndian);
    fc.assert(
      fc.property(fc.array(fc.nat(whole.length), { maxLength: 8 }), (cuts) => {
        const reader = createPcapReader();
        const places = [0, ...cuts.toSorted((one, other) => one - other), whole.length];
        const found = places.slice(1).flatMap((end, index) => reader.push(whole.slice(places[index], end)) ?? []);
        expect(found).toEqual(packets);
        expect(reader.littleEndian).toBe(littleEndian);
      }),
    );
  });

  it('may count in nanoseconds', () => {
    const whole = pcap(messages.slice(0, 1));
    whole.set([0x4d, 0x3c, 0xb2, 0xa1]);
    new DataView(whole.buffer).setUint32(24 + 4, 250_000_000, true);
    expect(createPcapReader().push(whole)).toEqual(packets.slice(0, 1));
  });

  it.each([
    ['of no such format', new Uint8Array(24)],
    ['of another link type', pcap([], true, 1)],
    ['with a record that is too long', pcap([new Uint8Array(maxRecordBytes + 1)])],
  ])('%s is given up, for good', (_, bytes) => {
    const reader = createPcapReader();
    expect(reader.push(bytes)).toBeUndefined();
    expect(reader.push(pcap(messages))).toBeUndefined();
  });

  it('takes any bytes', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 200 })), (chunks) => {
        const reader = createPcapReader();
        reader.push(pcap([]));
        for (const chunk of chunks) reader.push(chunk);
      }),
    );
  });
});
