import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readNflog } from '../../../../main/machine/drop-log/read-nflog.ts';
import { nflogMessage, text, word } from './nflog-message.ts';

const header = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x52, 0x54, 0, 0, 0, 1, 0x88, 0xb5];
const prerouting: readonly [number, readonly number[]] = [1, [0x88, 0xb5, 0, 0]];
const name: readonly [number, readonly number[]] = [10, text('no-arp-spoofing:12')];
const payload: readonly [number, readonly number[]] = [9, [1, 2, 3]];

describe('a message of the drop log', () => {
  it.each([
    ['in a bridge', { attributes: [prerouting, name, [6, word(3)], [4, word(2)], [21, header], payload] }, true],
    [
      'of a capture in the other byte order',
      { attributes: [prerouting, name, [6, word(3)], [4, word(2)], [21, header], payload] },
      false,
    ],
  ] as const)('is read %s', (_, message, littleEndian) => {
    expect(readNflog(nflogMessage(message, littleEndian), littleEndian)).toEqual({
      name: 'no-arp-spoofing:12',
      family: 'bridge',
      hook: 'prerouting',
      protocol: 0x88b5,
      inDevice: 2,
      inPort: 3,
      outDevice: 0,
      outPort: 0,
      linkHeader: Uint8Array.from(header),
      payload: Uint8Array.from([1, 2, 3]),
    });
  });

  it.each([
    [
      'from the device where the bridge tells none',
      [
        [15, [0, 1]],
        [16, header],
      ],
      header,
    ],
    [
      'from the loopback device',
      [
        [15, [0x03, 0x04]],
        [16, header],
      ],
      header,
    ],
    [
      'not from a device without Ethernet',
      [
        [15, [0xff, 0xfe]],
        [16, header],
      ],
      [],
    ],
    ['not where it is too short', [[21, header.slice(0, 13)]], []],
    [
      'with the VLAN tag that the kernel keeps apart',
      [
        [21, header],
        [0x8000 | 20, [6, 0, 1, 0, 0x81, 0, 0, 0, 6, 0, 2, 0, 0, 5, 0, 0]],
      ],
      [...header.slice(0, 12), 0x81, 0, 0, 5, 0x88, 0xb5],
    ],
  ] as const)('has its link header %s', (_, attributes, linkHeader) => {
    const message = nflogMessage({ attributes: [prerouting, name, ...attributes] });
    expect(readNflog(message, true)?.linkHeader).toEqual(Uint8Array.from(linkHeader));
  });

  it.each([
    ['is empty', new Uint8Array()],
    ['is of another family', nflogMessage({ family: 3, attributes: [prerouting, name] })],
    ['is of another version', nflogMessage({ version: 1, attributes: [prerouting, name] })],
    ['has no name', nflogMessage({ attributes: [prerouting, payload] })],
    ['has a name that none of our rules has', nflogMessage({ attributes: [prerouting, [10, text('\u001b[31m')]] })],
    ['is of no hook', nflogMessage({ attributes: [name] })],
    ['is of an unknown hook', nflogMessage({ attributes: [[1, [8, 0, 9, 0]], name] })],
    ['ends within an attribute', nflogMessage({ attributes: [prerouting, name] }).slice(0, -8)],
    ['has an attribute shorter than its own header', Uint8Array.from([7, 0, 0, 0, 3, 0, 1, 0])],
    [
      'has more attributes than the kernel',
      nflogMessage({ attributes: Array.from({ length: 70 }, (_, at) => [at + 30, []] as const) }),
    ],
  ])('is passed over where it %s', (_, message) => {
    expect(readNflog(message, true)).toBeUndefined();
  });

  it('is read whatever the bytes are', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.boolean(), (bytes, littleEndian) => {
        const read = readNflog(bytes, littleEndian);
        expect(read === undefined || read.name.length <= 96).toBe(true);
      }),
    );
    const whole = nflogMessage({ attributes: [prerouting, name, [21, header], payload] });
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), (at, byte) => {
        const bent = Uint8Array.from(whole);
        bent[at] = byte;
        expect((readNflog(bent, true)?.payload.length ?? 0) <= whole.length).toBe(true);
      }),
    );
  });
});
