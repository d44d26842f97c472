import { parseIpv4 } from '../../../shared/net/ipv4.ts';
import { parseIpv6 } from '../../../shared/net/ipv6.ts';
import { parseMac } from '../../../shared/net/mac.ts';
import { fail, type Outcome, succeed } from '../../../shared/plan/outcome.ts';
import type { Failure } from '../../../shared/rpc/failure.ts';
import type { Packet, Question } from '../../../shared/rpc/packet.ts';
import { broadcastMac, destinationMac, type FrameContent, type FrameDescription } from '../../engine/trace.ts';

/** What another machine than the guest is called by on the wire, where nobody says otherwise. */
const otherMac = 0x5254_0000_0001n;
const operations = { request: 1, reply: 2 } as const;
const tcpSyn = 0x02;
const tcpAck = 0x10;

const unreadable = (what: string, found: string, cure: string): { readonly ok: false; readonly failure: Failure } =>
  fail({ kind: 'unreadable-packet', message: `'${found}' is not ${what}.`, cure });

type Ip = Exclude<Packet, { kind: 'frame' | 'arp' }>;

function readEnds({ source, destination }: Ip): Outcome<Ends, Failure> {
  for (const [family, parse] of [['ipv4', parseIpv4] as const, ['ipv6', parseIpv6] as const]) {
    const [from, to] = [parse(source), parse(destination)];
    if (from !== undefined && to !== undefined) return succeed({ family, source: from, destination: to });
  }
  const bad = [source, destination].find((text) => parseIpv4(text) === undefined && parseIpv6(text) === undefined);
  if (bad !== undefined) return unreadable('an IP address', bad, 'Write it as 192.0.2.1 or 2001:db8::1.');
  return fail({
    kind: 'unreadable-packet',
    message: `${source} and ${destination} are not of one family.`,
    cure: 'A packet goes from IPv4 to IPv4, or from IPv6 to IPv6.',
  });
}

interface Ends {
  readonly family: 'ipv4' | 'ipv6';
  readonly source: bigint;
  readonly destination: bigint;
}

function ipContent(packet: Ip, ends: Ends, isFirst: boolean): FrameContent {
  if (packet.kind === 'icmp') return { protocol: 'icmp', ...ends, type: packet.type, code: packet.code, identifier: 1 };
  const { sourcePort, destinationPort } = packet;
  const both = { ...ends, sourcePort, destinationPort };
  return packet.kind === 'udp'
    ? { protocol: 'udp', ...both }
    : { protocol: 'tcp', ...both, flags: isFirst ? tcpSyn : tcpAck };
}

/** The frame that a question is about, as bytes or as what is to be built. `guestMac`: of the guest whose filter judges. */
export function readPacket(
  { packet, direction, sourceMac, connection }: Question,
  guestMac: bigint,
): Outcome<Uint8Array | FrameDescription, Failure> {
  if (packet.kind === 'frame') {
    const hex = packet.hex.replaceAll(/[\s:]/g, '');
    if (!/^(?:[0-9a-f]{2}){14,65535}$/i.test(hex)) {
      return unreadable(
        'an Ethernet frame',
        packet.hex.slice(0, 40),
        'Write pairs of hexadecimal digits, from the MAC addresses on.',
      );
    }
    return succeed(Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)));
  }
  const given = sourceMac === undefined ? undefined : parseMac(sourceMac);
  if (sourceMac !== undefined && given === undefined) {
    return unreadable('a MAC address', sourceMac, 'Write it as 52:54:00:12:34:56.');
  }
  const [own, peer] = direction === 'out' ? [guestMac, otherMac] : [otherMac, guestMac];
  const from = given ?? own;
  if (packet.kind === 'arp') {
    const [senderIp, targetIp] = [parseIpv4(packet.sender), parseIpv4(packet.target)];
    const senderMac = packet.senderMac === undefined ? from : parseMac(packet.senderMac);
    if (senderIp === undefined) return unreadable('an IPv4 address', packet.sender, 'ARP speaks of IPv4 alone.');
    if (targetIp === undefined) return unreadable('an IPv4 address', packet.target, 'ARP speaks of IPv4 alone.');
    if (senderMac === undefined)
      return unreadable('a MAC address', packet.senderMac ?? '', 'Write it as 52:54:00:12:34:56.');
    const asks = packet.operation === 'request';
    return succeed({
      sourceMac: from,
      destinationMac: asks ? broadcastMac : peer,
      content: {
        protocol: 'arp',
        operation: operations[packet.operation],
        senderMac,
        senderIp,
        // Who asks does not know the other one's address yet.
        targetMac: asks ? 0n : peer,
        targetIp,
      },
    });
  }
  const ends = readEnds(packet);
  if (!ends.ok) return ends;
  const isFirst = (connection?.state ?? 'NEW') === 'NEW' && connection?.direction !== 'reply';
  return succeed({
    sourceMac: from,
    destinationMac: destinationMac(ends.value, peer),
    content: ipContent(packet, ends.value, isFirst),
  });
}
