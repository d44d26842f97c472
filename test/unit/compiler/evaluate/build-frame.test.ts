import { describe, expect, it } from 'vitest';
import { buildFrame, type FrameContent } from '../../../../main/compiler/evaluate/build-frame.ts';
import { classifyFrame, noConnections } from '../../../../main/compiler/evaluate/connections/connection-tracker.ts';
import { destinationMac } from '../../../../main/compiler/evaluate/destination-mac.ts';
import { viewFrame } from '../../../../main/compiler/evaluate/frame-view.ts';
import { isMalformed } from '../../../../main/compiler/evaluate/is-malformed.ts';
import { parseIpv4 } from '../../../../shared/net/ipv4.ts';
import { parseIpv6 } from '../../../../shared/net/ipv6.ts';
import { formatMac } from '../../../../shared/net/mac.ts';
import { loadBaseFrames } from '../../../conformance/recorded-cases.ts';

const guestMac = 0x5254_0056_4432n;
const peerMac = 0x5254_00aa_0001n;
const broadcast = 0xffff_ffff_ffffn;
const [guest, peer] = ['10.33.8.131', '10.33.0.9'].map((text) => parseIpv4(text) as bigint) as [bigint, bigint];
const [guest6, peer6] = ['fd00:33::131', 'fd00:33::9'].map((text) => parseIpv6(text) as bigint) as [bigint, bigint];
const text = new TextEncoder().encode('guestward-exam');
const ends = { family: 'ipv4', source: guest, destination: peer } as const;
const ends6 = { family: 'ipv6', source: guest6, destination: peer6 } as const;
const syn = 0x02;

interface Case {
  readonly note: string;
  readonly content: FrameContent;
  readonly payload?: Uint8Array;
  readonly destination?: bigint;
}

const recorded: readonly Case[] = [
  { note: 'tcp plain', content: { ...ends, protocol: 'tcp', sourcePort: 40_000, destinationPort: 80, flags: syn } },
  { note: 'tcp to 80', content: { ...ends, protocol: 'tcp', sourcePort: 41_080, destinationPort: 80, flags: syn } },
  {
    note: 'udp flow 8001 query',
    content: { ...ends, protocol: 'udp', sourcePort: 50_010, destinationPort: 8001 },
    payload: text,
  },
  {
    note: 'icmp type 8',
    content: { ...ends, protocol: 'icmp', type: 8, code: 0, identifier: 0x6c },
    payload: text,
  },
  {
    note: 'icmpv6 type 128',
    content: { ...ends6, protocol: 'icmp', type: 128, code: 0, identifier: 0xe4 },
    payload: Uint8Array.from([...text, ...Array<number>(12).fill(0)]),
  },
  {
    note: 'arp op 1',
    content: {
      protocol: 'arp',
      operation: 1,
      senderMac: guestMac,
      senderIp: guest,
      targetMac: peerMac,
      targetIp: peer,
    },
    destination: broadcast,
  },
  {
    note: 'arp op 2',
    content: {
      protocol: 'arp',
      operation: 2,
      senderMac: guestMac,
      senderIp: guest,
      targetMac: peerMac,
      targetIp: peer,
    },
  },
];

describe('buildFrame', () => {
  it.each(recorded)('writes the recorded frame "$note"', ({ note, content, payload, destination = peerMac }) => {
    const frame = buildFrame({
      sourceMac: guestMac,
      destinationMac: destination,
      content,
      ...(payload === undefined ? {} : { payload }),
    });
    const hex = loadBaseFrames().find((base) => base.note === note && base.dir === 'out')?.hex;
    expect(Buffer.from(frame).toString('hex')).toBe(hex);
  });

  it.each<readonly [string, FrameContent]>([
    ['TCP over IPv6', { ...ends6, protocol: 'tcp', sourcePort: 1, destinationPort: 2, flags: syn }],
    ['UDP without payload', { ...ends, protocol: 'udp', sourcePort: 1, destinationPort: 2 }],
    ['UDP over IPv6', { ...ends6, protocol: 'udp', sourcePort: 1, destinationPort: 2 }],
    ['ICMP', { ...ends, protocol: 'icmp', type: 8, code: 0, identifier: 1 }],
    ['ICMPv6', { ...ends6, protocol: 'icmp', type: 128, code: 0, identifier: 1 }],
  ])('writes %s that connection tracking takes for a new connection', (_, content) => {
    const view = viewFrame(buildFrame({ sourceMac: guestMac, destinationMac: peerMac, content }));
    expect(isMalformed(view)).toBe(false);
    expect(classifyFrame(view, noConnections).classification).toMatchObject({ state: 'NEW', direction: 'original' });
  });

  it('writes a UDP checksum of zero as its equal, which does not mean "none"', () => {
    const frames = Array.from({ length: 0x10000 / 64 }, (_, at) =>
      buildFrame({
        sourceMac: guestMac,
        destinationMac: peerMac,
        content: { ...ends, protocol: 'udp', sourcePort: 7, destinationPort: 9 },
        payload: Uint8Array.of(at & 0xff, at >> 8),
      }),
    );
    expect(frames.every((frame) => frame[40] !== 0 || frame[41] !== 0)).toBe(true);
  });
});

describe('destinationMac', () => {
  it.each([
    ['ipv4', '10.0.0.9', '52:54:00:aa:00:01'],
    ['ipv4', '255.255.255.255', 'ff:ff:ff:ff:ff:ff'],
    ['ipv4', '224.0.0.251', '01:00:5e:00:00:fb'],
    ['ipv4', '239.255.1.2', '01:00:5e:7f:01:02'],
    ['ipv6', 'fd00::9', '52:54:00:aa:00:01'],
    ['ipv6', 'ff02::1:2', '33:33:00:01:00:02'],
  ] as const)('%s %s is sent to %s', (family, address, mac) => {
    const destination = (family === 'ipv4' ? parseIpv4 : parseIpv6)(address) as bigint;
    expect(formatMac(destinationMac({ family, source: 0n, destination }, peerMac))).toBe(mac);
  });
});
