import { describe, expect, test } from 'vitest';
import { findUpperLayer } from '../../../../main/compiler/evaluate/ipv6-headers.ts';
import { bytes, concat } from '../../../frames/bytes.ts';
import { extensionHeader, fragmentHeader } from '../../../frames/ip.ts';
import { ahPacket } from '../../../frames/transport.ts';

const udp = 17;
const routing = 43;
const fragment = 44;
const ah = 51;
const options = 60;
const broken = { protocol: undefined, transport: undefined, fragment: false };
const payload = new Uint8Array(8);

describe('findUpperLayer', () => {
  test.each([
    ['no extension header', udp, payload, { protocol: udp, transport: 0, fragment: false }],
    [
      'options',
      options,
      concat(extensionHeader('options', udp), payload),
      { protocol: udp, transport: 8, fragment: false },
    ],
    [
      'long options, then a routing header',
      options,
      concat(extensionHeader('options', routing, 3), extensionHeader('routing', udp), payload),
      { protocol: udp, transport: 32, fragment: false },
    ],
    ['nothing at all', 59, payload, { protocol: 59, transport: 0, fragment: false }],
    [
      'a first fragment',
      fragment,
      concat(fragmentHeader(udp, 0, true), payload),
      { protocol: udp, transport: 8, fragment: true },
    ],
    [
      'a later fragment, whose transport header is elsewhere',
      fragment,
      concat(fragmentHeader(udp, 4, false), payload),
      { protocol: udp, transport: undefined, fragment: true },
    ],
    [
      'a later fragment of an extension header',
      fragment,
      concat(fragmentHeader(options, 4, false), payload),
      { protocol: undefined, transport: undefined, fragment: true },
    ],
    [
      'options that are longer than the packet',
      options,
      bytes(udp, 200, 1, 0),
      { protocol: udp, transport: 1608, fragment: false },
    ],
    ['options beyond the packet', options, bytes(options, 200, 1, 0), broken],
    ['one byte of options', options, bytes(udp), broken],
    ['a fragment header without its offset', fragment, bytes(udp, 0, 0), broken],
  ] as const)('%s', (_, first, packet, expected) => {
    expect(findUpperLayer(packet, first, 0, packet.length, false)).toEqual(expected);
  });

  test('what lies behind the end is not looked at', () => {
    expect(findUpperLayer(extensionHeader('options', udp), options, 0, 1, false)).toEqual(broken);
  });

  test.each([
    ['stops at', false, { protocol: ah, transport: 0, fragment: false }],
    ['passes over', true, { protocol: udp, transport: 24, fragment: false }],
  ] as const)('%s the authentication header (skipsAuthentication %s)', (_, skips, expected) => {
    const packet = ahPacket(udp, payload);
    expect(findUpperLayer(packet, ah, 0, packet.length, skips)).toEqual(expected);
  });

  test('an authentication header that is cut off is broken either way', () => {
    for (const skips of [false, true]) expect(findUpperLayer(bytes(udp), ah, 0, 1, skips)).toEqual(broken);
  });
});
