import { bigEndian } from '../big-endian.ts';
import type { FrameView, PacketView } from '../frame-view.ts';
import { findUpperLayer } from '../ipv6-headers.ts';
import { checksumHolds, sctpChecksumHolds } from './checksum.ts';
import { type Connection, invalid, type Tracked } from './connection.ts';
import { trackTcp } from './track-tcp.ts';

type Direction = 'original' | 'reply';
type Tracker = (frame: FrameView, packet: PacketView, known: Connection | undefined, direction: Direction) => Tracked;

const plain = (known: Connection | undefined): Tracked => ({
  kind: 'connection',
  connection: { seenReply: known?.seenReply ?? false },
});

const byteAt = (frame: FrameView, packet: PacketView, offset: number): number | undefined => {
  const at = (packet.transport ?? packet.end) + offset;
  return at < packet.end ? frame.bytes[at] : undefined;
};

const trackUdp: Tracker = (frame, packet, known) => {
  const start = packet.transport ?? packet.end;
  const length = Number(bigEndian(frame.bytes, start + 4, 2) ?? 0n);
  if (packet.end - start < 8 || length < 8 || length > packet.end - start) return invalid;
  // A checksum of zero is "none".
  if (bigEndian(frame.bytes, start + 6, 2) === 0n) return plain(known);
  return checksumHolds(frame.bytes, packet, 17, packet.end - start, packet.end - start) ? plain(known) : invalid;
};

/** Linux checks UDP-Lite's checksum with UDP's protocol number in the pseudo header, so that a right one is wrong to it. */
const trackUdplite: Tracker = (frame, packet, known) => {
  const start = packet.transport ?? packet.end;
  const whole = packet.end - start;
  if (whole < 8 || bigEndian(frame.bytes, start + 6, 2) === 0n) return invalid;
  const coverage = Number(bigEndian(frame.bytes, start + 4, 2));
  if (coverage !== 0 && (coverage < 8 || coverage > whole)) return invalid;
  return checksumHolds(frame.bytes, packet, 17, coverage === 0 ? whole : coverage, whole) ? plain(known) : invalid;
};

const icmpRequests: readonly number[] = [8, 13, 15, 17];
const icmpReplies: readonly number[] = [0, 14, 16, 18];
const icmpErrors: readonly number[] = [3, 4, 5, 11, 12];
const icmpv6Requests: readonly number[] = [128, 139];
const icmpv6Replies: readonly number[] = [129, 140];
const icmpv6Errors: readonly number[] = [1, 2, 3, 4];
/** Multicast listener and neighbour discovery, which have no connection. */
const icmpv6Untracked: readonly number[] = [130, 131, 132, 133, 134, 135, 136, 143, 151];

const isIcmpError = (family: PacketView['family'], type: number): boolean =>
  (family === 'ipv4' ? icmpErrors : icmpv6Errors).includes(type);

const trackIcmp: Tracker = (frame, packet, known, direction) => {
  const type = byteAt(frame, packet, 0);
  if (type === undefined || byteAt(frame, packet, 7) === undefined) return invalid;
  if (!checksumHolds(frame.bytes, packet, packet.family === 'ipv4' ? undefined : 58)) return invalid;
  if (packet.family === 'ipv6' && icmpv6Untracked.includes(type)) return { kind: 'untracked' };
  const requests = packet.family === 'ipv4' ? icmpRequests : icmpv6Requests;
  if (direction === 'original') return requests.includes(type) ? plain(known) : invalid;
  return (packet.family === 'ipv4' ? icmpReplies : icmpv6Replies).includes(type) ? plain(known) : invalid;
};

const sctp = { init: 1, initAck: 2, heartbeat: 4, heartbeatAck: 5, shutdownAck: 8 } as const;

const trackSctp: Tracker = (frame, packet, known, direction) => {
  const start = packet.transport ?? packet.end;
  const type = byteAt(frame, packet, 12);
  const tag = bigEndian(frame.bytes, start + 4, 4);
  if (type === undefined || tag === undefined || packet.end - start < 16 || !sctpChecksumHolds(frame.bytes, packet))
    return invalid;
  const initiateTag = bigEndian(frame.bytes, start + 16, 4);
  const other: Direction = direction === 'original' ? 'reply' : 'original';
  const none = { original: undefined, reply: undefined };
  const tags = known?.sctpTags ?? none;
  const seenReply = known?.seenReply ?? false;
  if (type === sctp.init) {
    if (tag !== 0n || initiateTag === undefined) return invalid;
    return { kind: 'connection', connection: { seenReply, sctpTags: { ...tags, [other]: initiateTag } } };
  }
  if (known === undefined) {
    const opens = type === sctp.heartbeat || type === sctp.heartbeatAck || type === sctp.shutdownAck;
    return opens ? { kind: 'connection', connection: { seenReply, sctpTags: { ...none, [direction]: tag } } } : invalid;
  }
  if (tags[direction] !== undefined && tags[direction] !== tag) return invalid;
  if (tags[direction] === undefined && type !== sctp.heartbeatAck) return invalid;
  const learned = type === sctp.initAck && initiateTag !== undefined ? { [other]: initiateTag } : {};
  return { kind: 'connection', connection: { seenReply, sctpTags: { ...tags, [direction]: tag, ...learned } } };
};

const noNextHeader = 59;
const ethernetAndIpv6Header = 54;

/** The packet as connection tracking sees it: without what it cannot take a protocol from, behind IPv6's authentication header. */
function trackable(
  frame: FrameView,
  packet: PacketView,
): (PacketView & Record<'protocol' | 'transport', number>) | undefined {
  const first = packet.family === 'ipv6' ? frame.bytes[20] : undefined;
  const { protocol, transport } =
    first === undefined ? packet : findUpperLayer(frame.bytes, first, ethernetAndIpv6Header, packet.end, true);
  if (protocol === undefined || transport === undefined) return undefined;
  // The end of the extension headers is not a protocol that could be tracked.
  return packet.family === 'ipv6' && protocol === noNextHeader ? undefined : { ...packet, protocol, transport };
}

const trackers: Readonly<Record<number, Tracker>> = {
  1: trackIcmp,
  6: trackTcp,
  17: trackUdp,
  58: trackIcmp,
  132: trackSctp,
  136: trackUdplite,
};

/** What tells connections apart: protocol, addresses and, by protocol, ports or ICMP's identifier and kind. */
function tupleOf(frame: FrameView, packet: PacketView): { readonly key: string; readonly reverse: string } {
  const { protocol, source, destination } = packet;
  const name = (from: bigint, to: bigint, detail: string): string => `${protocol} ${from} ${to} ${detail}`;
  if (protocol === 1 || protocol === 58) {
    const type = byteAt(frame, packet, 0) ?? 0;
    const requests = protocol === 1 ? icmpRequests : icmpv6Requests;
    const replies = protocol === 1 ? icmpReplies : icmpv6Replies;
    const pair = Math.max(requests.indexOf(type), replies.indexOf(type));
    const detail = `${pair < 0 ? `type ${type}` : pair} ${byteAt(frame, packet, 1)} ${bigEndian(frame.bytes, (packet.transport ?? 0) + 4, 2)}`;
    const side = replies.includes(type) ? 'reply' : 'request';
    const opposite = side === 'reply' ? 'request' : 'reply';
    return {
      key: name(source, destination, `${detail} ${side}`),
      reverse: name(destination, source, `${detail} ${opposite}`),
    };
  }
  if (trackers[protocol ?? -1] === undefined)
    return { key: name(source, destination, ''), reverse: name(destination, source, '') };
  const from = bigEndian(frame.bytes, packet.transport ?? 0, 2);
  const to = bigEndian(frame.bytes, (packet.transport ?? 0) + 2, 2);
  return { key: name(source, destination, `${from} ${to}`), reverse: name(destination, source, `${to} ${from}`) };
}

/** The connection table: entries under the tuple of their first packet. */
export type ConnectionTable = ReadonlyMap<string, Connection>;

export interface TrackedPacket {
  readonly tracked: Tracked;
  readonly direction: Direction;
  readonly tuple: string;
  /** Whether there is a tuple at all. */
  readonly hasTuple: boolean;
  /** The table without what the packet has made forgotten. */
  readonly table: ConnectionTable;
}

/** How much of its header a protocol's tuple is read from. */
const tupleBytes: Readonly<Record<number, number>> = { 1: 8, 6: 4, 17: 4, 58: 8, 132: 4, 136: 4 };

/** The packet that an ICMP error is about, as if it stood in a frame of its own. */
function embedded(
  frame: FrameView,
  packet: PacketView,
  viewInner: (bytes: Uint8Array) => FrameView,
): FrameView | undefined {
  if (packet.transport === undefined) return undefined;
  const inner = frame.bytes.subarray(packet.transport + 8, packet.end);
  if (inner.length < (packet.family === 'ipv4' ? 20 : 40)) return undefined;
  const bytes = new Uint8Array(14 + inner.length);
  bytes.set(frame.bytes.subarray(0, 14));
  bytes.set(inner, 14);
  // Errors carry only the beginning of the packet; its length field speaks of the whole.
  if (packet.family === 'ipv4') bytes.set([(inner.length >> 8) & 0xff, inner.length & 0xff], 16);
  else bytes.set([((inner.length - 40) >> 8) & 0xff, (inner.length - 40) & 0xff], 18);
  return viewInner(bytes);
}

/** Finds a packet's connection, or begins one, as Linux's connection tracking does for the protocols that filters name. */
export function trackPacket(
  frame: FrameView,
  whole: PacketView,
  table: ConnectionTable,
  viewInner: (bytes: Uint8Array) => FrameView,
): TrackedPacket {
  const packet = trackable(frame, whole);
  const nothing: TrackedPacket = { tracked: invalid, direction: 'original', tuple: '', hasTuple: false, table };
  if (packet === undefined) return nothing;
  const { protocol } = packet;
  const wanted = tupleBytes[protocol];
  if (wanted !== undefined && packet.transport + wanted > packet.end) return nothing;
  const { key, reverse } = tupleOf(frame, packet);
  // What goes from a station to itself is its own answer: the kernel finds the reply's tuple first.
  const isReply = table.has(reverse) && (key === reverse || !table.has(key));
  const direction: Direction = isReply ? 'reply' : 'original';
  const tuple = direction === 'original' ? key : reverse;
  const type = byteAt(frame, packet, 0);
  if ((protocol === 1 || protocol === 58) && type !== undefined && isIcmpError(packet.family, type)) {
    const pseudo = packet.family === 'ipv4' ? undefined : 58;
    const inner = checksumHolds(frame.bytes, packet, pseudo) ? embedded(frame, packet, viewInner) : undefined;
    const subject = inner?.packet === undefined ? undefined : trackable(inner, inner.packet);
    if (inner === undefined || subject === undefined) return { ...nothing, tuple, hasTuple: true };
    const about = tupleOf(inner, subject);
    const isAboutReply = !table.has(about.key) && table.has(about.reverse);
    const isKnown = table.has(about.key) || isAboutReply;
    // An error goes to the sender of what it is about (kernel: nf_conntrack_inet_error).
    if (!isKnown || packet.destination !== subject.source) return { ...nothing, tuple, hasTuple: true };
    // The error goes against the packet it is about.
    return {
      tracked: { kind: 'related' },
      direction: isAboutReply ? 'original' : 'reply',
      tuple,
      hasTuple: true,
      table,
    };
  }
  const known = table.get(tuple);
  const tracker = trackers[protocol];
  const tracked = tracker === undefined ? plain(known) : tracker(frame, packet, known, direction);
  if (tracked.kind === 'reopened') {
    const others = new Map(table);
    others.delete(tuple);
    return trackPacket(frame, whole, others, viewInner);
  }
  return { tracked, direction, tuple, hasTuple: true, table };
}
