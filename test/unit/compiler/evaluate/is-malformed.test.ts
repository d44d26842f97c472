import { describe, expect, test } from 'vitest';
import { isMalformed } from '../../../../main/compiler/evaluate/is-malformed.ts';
import { bytes, concat, uint, withBytes } from '../../../frames/bytes.ts';
import { extensionHeader } from '../../../frames/ip.ts';
import { ethernetFrame, etherType, inPppoe, tagged } from '../../../frames/link.ts';
import { udpDatagram } from '../../../frames/transport.ts';
import { guest, ipFrame, peer, view } from './ends.ts';

const ports = { source: 40_000, destination: 80 };
const ipv4 = ipFrame('out', 'ipv4', 17, (ends) => udpDatagram(ends, ports));
const ipv6 = ipFrame('out', 'ipv6', 17, (ends) => udpDatagram(ends, ports));
const options = (header: Uint8Array) => ipFrame('out', 'ipv6', 0, (ends) => concat(header, udpDatagram(ends, ports)));
const addressed = (source: bigint, destination: bigint) =>
  ethernetFrame({ source, destination }, 0x88cc, new Uint8Array(46));

describe('isMalformed', () => {
  test.each([
    ['IPv4', ipv4, false],
    ['IPv4 with trailing bytes', concat(ipv4, new Uint8Array(4)), false],
    [
      'IPv4 with options',
      ipFrame('out', 'ipv4', 17, (ends) => udpDatagram(ends, ports), { options: bytes(1, 1, 1, 0) }),
      false,
    ],
    ['IPv4 with a bad header checksum', ipFrame('out', 'ipv4', 17, () => bytes(), { badChecksum: true }), true],
    ['IPv4 that is longer than its frame', ipv4.subarray(0, -1), true],
    ['IPv4 with a header of four words', withBytes(ipv4, 14, bytes(0x44)), true],
    ['IPv4 that says it is version 6', withBytes(ipv4, 14, bytes(0x65)), true],
    ['IPv4 without a header', ipv4.subarray(0, 20), true],
    ['IPv6', ipv6, false],
    ['IPv6 that is longer than its frame', ipv6.subarray(0, -1), true],
    ['IPv6 that says it is version 4', withBytes(ipv6, 14, bytes(0x40)), true],
    ['IPv6 with half a header', ipv6.subarray(0, 40), true],
    ['hop-by-hop options that fill their header', options(extensionHeader('options', 17)), false],
    ['hop-by-hop options of single pad bytes', options(bytes(17, 0, 0, 0, 0, 0, 0, 0)), false],
    ['a hop-by-hop option longer than its header', options(bytes(17, 0, 1, 5, 0, 0, 0, 0)), true],
    ['a hop-by-hop header longer than the packet', options(bytes(17, 200, 1, 4, 0, 0, 0, 0)), true],
  ])('untagged %s: %#', (_, frame, expected) => {
    expect(isMalformed(view(frame))).toBe(expected);
  });

  test.each([
    ['802.1Q', etherType.vlan],
    ['802.1ad', etherType.serviceVlan],
  ])('broken IP behind an %s tag is nothing to br_netfilter', (_, type) => {
    expect(isMalformed(view(tagged(ipv4.subarray(0, -1), 10, type)))).toBe(false);
  });

  test.each([
    ['a station to another', guest.mac, peer.mac, false],
    ['a station to a group', guest.mac, 0x01005e0000fbn, false],
    ['a station to the bridge group', guest.mac, 0x0180c2000000n, false],
    ['a station to the pause address', guest.mac, 0x0180c2000001n, true],
    ['a station to the last reserved address', guest.mac, 0x0180c200000fn, true],
    ['a station to the first address behind those', guest.mac, 0x0180c2000010n, false],
    ['a group', 0x01005e0000fbn, peer.mac, true],
    ['nobody', 0n, peer.mac, true],
  ])('a bridge forwards by address: from %s', (_, source, destination, expected) => {
    expect(isMalformed(view(addressed(source, destination)))).toBe(expected);
  });

  // Measured: the shortest frame of each kind that crosses the bridge.
  test.each([
    ['a type that nobody reads', uint(0x88cc, 2), 14],
    ['a length', uint(0x0026, 2), 14],
    ['ARP', uint(etherType.arp, 2), 22],
    ['PPPoE', uint(etherType.pppoe, 2), 22],
    ['a VLAN tag before IPv4', bytes(0x81, 0, 0, 10, 8, 0), 20],
    ['a VLAN tag before ARP', bytes(0x81, 0, 0, 10, 8, 6), 20],
    ['a VLAN tag before another', bytes(0x81, 0, 0, 10, 0x81, 0), 22],
    ['an 802.1ad tag before a VLAN tag', bytes(0x88, 0xa8, 0, 10, 0x81, 0), 22],
    ['a VLAN tag before an 802.1ad tag', bytes(0x81, 0, 0, 10, 0x88, 0xa8), 20],
  ])('a frame with %s has to have %#', (_, start, shortest) => {
    const frame = concat(addressed(guest.mac, peer.mac).subarray(0, 12), start, new Uint8Array(40));
    const lengths = Array.from({ length: frame.length - 13 }, (_, at) => at + 14);
    expect(lengths.find((length) => !isMalformed(view(frame.subarray(0, length))))).toBe(shortest);
  });

  test('a frame shorter than an Ethernet header is malformed, and so is nothing', () => {
    for (let length = 0; length < 12; length += 1) expect(isMalformed(view(ipv4.subarray(0, length)))).toBe(true);
  });

  test('PPPoE hides what is in it', () => {
    expect(isMalformed(view(inPppoe(ipv4.subarray(0, -1))))).toBe(false);
  });
});
