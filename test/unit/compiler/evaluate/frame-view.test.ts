import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newConnection } from '../../../../main/compiler/evaluate/connection-view.ts';
import { classifyFrame, noConnections } from '../../../../main/compiler/evaluate/connections/connection-tracker.ts';
import { viewFrame } from '../../../../main/compiler/evaluate/frame-view.ts';
import { isMalformed } from '../../../../main/compiler/evaluate/is-malformed.ts';
import { runTest } from '../../../../main/compiler/evaluate/run-test.ts';
import { type HeaderField, headerFields } from '../../../../main/compiler/policy/header-field.ts';
import type { Test } from '../../../../main/compiler/policy/policy.ts';
import { bytes, concat, uint } from '../../../frames/bytes.ts';
import { extensionHeader, fragmentHeader } from '../../../frames/ip.ts';
import { arpPacket, ethernetFrame, etherType, inPppoe, lengthFrame, tagged } from '../../../frames/link.ts';
import { icmpMessage, tcpSegment, udpDatagram } from '../../../frames/transport.ts';
import { guest, ipFrame, peer } from './ends.ts';

const station = { source: guest.mac, destination: peer.mac };
const ports = { source: 40_000, destination: 80 };
const tcp = ipFrame('out', 'ipv4', 6, (ends) => tcpSegment(ends, ports), { dscp: 46 });
const tcp6 = ipFrame('out', 'ipv6', 6, (ends) => tcpSegment(ends, ports), { dscp: 46 });
const echo = ipFrame('out', 'ipv4', 1, (ends) => icmpMessage(ends, { type: 8, code: 3 }));
const echo6 = ipFrame('out', 'ipv6', 58, (ends) => icmpMessage(ends, { type: 128, code: 3 }));
const behindOptions = ipFrame('out', 'ipv6', 60, (ends) =>
  concat(extensionHeader('options', 17), udpDatagram(ends, ports)),
);
const arp = ethernetFrame(
  station,
  etherType.arp,
  arpPacket({
    hardwareType: 1,
    protocolType: 0x0800,
    hardwareLength: 6,
    protocolLength: 4,
    opcode: 2,
    senderMac: guest.mac,
    senderIp: guest.ipv4,
    targetMac: peer.mac,
    targetIp: peer.ipv4,
  }),
);
const bpdu = lengthFrame(
  station,
  concat(
    bytes(0x42, 0x42, 3, 0, 0, 0, 0, 0x81),
    uint(0x8001, 2),
    uint(guest.mac, 6),
    uint(4, 4),
    uint(0x8002, 2),
    uint(peer.mac, 6),
    ...[0x8003, 256, 5120, 512, 3840].map((value) => uint(value, 2)),
  ),
);
const firstFragment = ipFrame('out', 'ipv4', 6, (ends) => tcpSegment(ends, ports), { fragment: 0x2000 });
const laterFragment = ipFrame('out', 'ipv4', 6, (ends) => tcpSegment(ends, ports), { fragment: 0x0002 });
const laterFragment6 = ipFrame('out', 'ipv6', 44, (ends) =>
  concat(fragmentHeader(17, 4, false), udpDatagram(ends, ports)),
);

const absent = undefined;

describe('fields', () => {
  test.each<readonly [string, Uint8Array, Partial<Record<HeaderField, bigint | undefined>>]>([
    ['every Ethernet frame', tcp, { 'ether-source': guest.mac, 'ether-destination': peer.mac, 'ether-type': 0x0800n }],
    [
      'TCP over IPv4',
      tcp,
      {
        'ip-source': guest.ipv4,
        'ip-destination': peer.ipv4,
        'ip-protocol': 6n,
        'ip-dscp': 46n,
        'transport-protocol': 6n,
        'source-port': 40_000n,
        'destination-port': 80n,
      },
    ],
    [
      'TCP over IPv6',
      tcp6,
      {
        'ip6-source': guest.ipv6,
        'ip6-destination': peer.ipv6,
        'ip6-dscp': 46n,
        'transport-protocol': 6n,
        'source-port': 40_000n,
        'destination-port': 80n,
      },
    ],
    ['ICMP', echo, { 'transport-protocol': 1n, 'icmp-type': 8n, 'icmp-code': 3n }],
    ['ICMPv6', echo6, { 'transport-protocol': 58n, 'icmp-type': 128n, 'icmp-code': 3n }],
    ['a packet that is not ICMP, which has no type', tcp, { 'icmp-type': absent, 'icmp-code': absent }],
    ['what is behind extension headers', behindOptions, { 'transport-protocol': 17n, 'destination-port': 80n }],
    [
      'ARP',
      arp,
      {
        'arp-hardware-type': 1n,
        'arp-protocol-type': 0x0800n,
        'arp-hardware-length': 6n,
        'arp-protocol-length': 4n,
        'arp-opcode': 2n,
        'arp-sender-mac': guest.mac,
        'arp-sender-ip': guest.ipv4,
        'arp-target-mac': peer.mac,
        'arp-target-ip': peer.ipv4,
      },
    ],
    [
      'BPDUs',
      bpdu,
      {
        'ether-type': 46n - 8n,
        'stp-header': 0x4242030000n,
        'stp-type': 0n,
        'stp-flags': 0x81n,
        'stp-root-priority': 0x8001n,
        'stp-root-address': guest.mac,
        'stp-root-cost': 4n,
        'stp-sender-priority': 0x8002n,
        'stp-sender-address': peer.mac,
        'stp-port': 0x8003n,
        'stp-age': 256n,
        'stp-max-age': 5120n,
        'stp-hello-time': 512n,
        'stp-forward-delay': 3840n,
      },
    ],
    [
      'a tag: number without priority, and the type behind it',
      tagged(arp, 10, 0x8100, 5),
      { 'ether-type': 0x8100n, 'vlan-id': 10n, 'vlan-type': 0x0806n },
    ],
    ['the network header behind a tag', tagged(arp, 10), { 'arp-opcode': 2n }],
    ['a length behind a tag', tagged(bpdu, 10), { 'vlan-type': 4n, 'stp-flags': 0x81n }],
    ["Novell's frames behind a tag", tagged(lengthFrame(station, uint(0xffff, 2)), 10), { 'vlan-type': 1n }],
    ['802.1ad', tagged(arp, 10, 0x88a8), { 'ether-type': 0x88a8n, 'vlan-id': 10n, 'vlan-type': 0x0806n }],
    [
      'a tagged packet, which has no transport header',
      tagged(tcp, 10),
      { 'transport-protocol': absent, 'source-port': absent },
    ],
    [
      'a packet in PPPoE, which has none either',
      inPppoe(tcp),
      { 'ether-type': 0x8864n, 'transport-protocol': absent, 'source-port': absent },
    ],
    ['a first fragment', firstFragment, { 'transport-protocol': 6n, 'source-port': 40_000n }],
    [
      'a later fragment',
      laterFragment,
      { 'transport-protocol': 6n, 'source-port': absent, 'destination-port': absent },
    ],
    ['a later fragment of IPv6', laterFragment6, { 'transport-protocol': 17n, 'source-port': absent }],
  ])('%s', (_, frame, expected) => {
    const view = viewFrame(frame);
    const read = Object.fromEntries(Object.keys(expected).map((field) => [field, view.read(field as HeaderField)]));
    expect(read).toEqual(expected);
  });

  test('padding behind a packet is no header', () => {
    const short = ipFrame('out', 'ipv4', 17, () => bytes(0x9c, 0x40, 0));
    const view = viewFrame(concat(short, new Uint8Array(20)));
    expect([view.read('source-port'), view.read('destination-port')]).toEqual([40_000n, undefined]);
  });
});

const fieldNames = Object.keys(headerFields) as HeaderField[];
const value = (number: bigint) => ({ kind: 'value', value: number }) as const;
const span = [value(0n), value(9n)] as const;
const everyTest: readonly Test[] = [
  ...fieldNames.map((field): Test => ({ test: 'equal', field, negated: false, operand: value(1n), mask: value(3n) })),
  ...fieldNames.map((field): Test => ({ test: 'range', field, negated: true, low: value(1n), high: value(3n) })),
  { test: 'icmp', negated: false, type: span, code: span },
  { test: 'gratuitous', negated: false },
  { test: 'tcp-flags', negated: false, mask: 2, flags: 2 },
  { test: 'tcp-option', negated: true, option: value(3n) },
  { test: 'state', states: ['NEW'] },
  { test: 'connection-direction', direction: 'reply' },
  { test: 'connections', negated: false, above: value(1n) },
  { test: 'ipset', negated: false, set: 's', flags: ['src'] },
];

/** Everything that looks at a frame; it may say anything, but it has to say it. */
function lookAt(frame: Uint8Array): void {
  const view = viewFrame(frame);
  isMalformed(view);
  const { passed } = classifyFrame(view, noConnections);
  classifyFrame(view, passed);
  for (const each of everyTest) runTest(each, view, [], newConnection);
}

describe('nothing throws', () => {
  const frames = {
    tcp,
    tcp6,
    echo,
    echo6,
    behindOptions,
    arp,
    bpdu,
    firstFragment,
    laterFragment,
    laterFragment6,
    tagged: tagged(tcp, 1),
  };

  test.each(Object.entries(frames))('%s cut off at any length', (_, frame) => {
    for (let length = 0; length <= frame.length; length += 1) lookAt(frame.subarray(0, length));
  });

  test('random bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 80 }), lookAt));
  });

  test('frames with random bytes in them', () => {
    const bent = fc.tuple(
      fc.constantFrom(...Object.values(frames)),
      fc.nat(),
      fc.uint8Array({ minLength: 1, maxLength: 4 }),
    );
    fc.assert(
      fc.property(bent, ([frame, place, part]) => {
        const copy = Uint8Array.from(frame);
        copy.set(part, place % (frame.length - 4));
        lookAt(copy);
      }),
      { numRuns: 1000 },
    );
  });
});
