import { bigEndian, type FrameView, type PacketView } from '../frame-view.ts';
import { checksumHolds } from './checksum.ts';
import { type Connection, invalid, type TcpState, type Tracked } from './connection.ts';

const fin = 0x01;
const syn = 0x02;
const rst = 0x04;
const ack = 0x10;
const urg = 0x20;
/** The combinations that conntrack takes for sane; PSH, ECE and CWR do not count (kernel: nf_conntrack_proto_tcp). */
const saneFlags = [syn, syn | urg, syn | ack, rst, rst | ack, fin | ack, fin | ack | urg, ack, ack | urg];

type Kind = 'syn' | 'syn-ack' | 'fin' | 'ack' | 'rst';
type Change = TcpState | 'same' | 'invalid';

function kindOf(flags: number): Kind {
  if (flags & rst) return 'rst';
  if (flags & syn) return flags & ack ? 'syn-ack' : 'syn';
  return flags & fin ? 'fin' : 'ack';
}

/** A connection may be met in its middle: its first packet need not be a SYN (net.netfilter.nf_conntrack_tcp_loose). */
const first: Readonly<Record<Kind, Change>> = {
  syn: 'syn-sent',
  ack: 'established',
  'syn-ack': 'invalid',
  fin: 'invalid',
  rst: 'invalid',
};

const order: readonly TcpState[] = [
  'syn-sent',
  'syn-received',
  'established',
  'fin-wait',
  'close-wait',
  'last-ack',
  'time-wait',
  'close',
  'simultaneous',
];

const row = (...changes: readonly Change[]): Readonly<Record<TcpState, Change>> =>
  Object.fromEntries(order.map((state, at) => [state, changes[at] ?? 'invalid'])) as Record<TcpState, Change>;

const closing = row(
  'invalid',
  'fin-wait',
  'fin-wait',
  'last-ack',
  'last-ack',
  'last-ack',
  'time-wait',
  'close',
  'invalid',
);
const reset = row(...order.map((): Change => 'close'));

/** What a packet of each kind does to a connection in each state; `same` is let through and changes nothing. */
const transitions: Readonly<Record<'original' | 'reply', Readonly<Record<Kind, Readonly<Record<TcpState, Change>>>>>> =
  {
    original: {
      syn: row('syn-sent', 'same', 'same', 'same', 'same', 'same', 'syn-sent', 'syn-sent', 'simultaneous'),
      'syn-ack': row(
        'invalid',
        'syn-received',
        'invalid',
        'invalid',
        'invalid',
        'invalid',
        'invalid',
        'invalid',
        'syn-received',
      ),
      fin: closing,
      ack: row(
        'invalid',
        'established',
        'established',
        'close-wait',
        'close-wait',
        'time-wait',
        'time-wait',
        'close',
        'invalid',
      ),
      rst: reset,
    },
    reply: {
      syn: row(
        'simultaneous',
        'invalid',
        'invalid',
        'invalid',
        'invalid',
        'invalid',
        'syn-sent',
        'invalid',
        'simultaneous',
      ),
      'syn-ack': row('syn-received', 'same', 'same', 'same', 'same', 'same', 'same', 'same', 'syn-received'),
      fin: closing,
      ack: row(
        'same',
        'syn-received',
        'established',
        'close-wait',
        'close-wait',
        'time-wait',
        'time-wait',
        'close',
        'same',
      ),
      rst: reset,
    },
  };

/** Whether sequence number a comes after b, modulo 2^32 (RFC 9293, 3.4). */
const isAfter = (a: number, b: number): boolean => ((b - a) | 0) < 0;

export function trackTcp(
  { bytes }: FrameView,
  packet: PacketView,
  known: Connection | undefined,
  direction: 'original' | 'reply',
): Tracked {
  const at = packet.transport ?? packet.end;
  const dataOffset = ((bytes[at + 12] ?? 0) >> 4) * 4;
  if (packet.end - at < 20 || dataOffset < 20 || packet.end - at < dataOffset) return invalid;
  if (!checksumHolds(bytes, packet, 6)) return invalid;
  const flags = (bytes[at + 13] as number) & (fin | syn | rst | ack | urg);
  if (!saneFlags.includes(flags)) return invalid;
  const kind = kindOf(flags);
  const change = known?.tcp === undefined ? first[kind] : transitions[direction][kind][known.tcp];
  if (change === 'invalid') return invalid;
  const tcp = change === 'same' ? (known?.tcp as TcpState) : change;
  const other = direction === 'original' ? 'reply' : 'original';
  const sequence = Number(bigEndian(bytes, at + 4, 4));
  const acknowledged = flags & ack ? Number(bigEndian(bytes, at + 8, 4)) : undefined;
  const ends = known?.tcpEnds ?? { original: undefined, reply: undefined };
  // What was never sent cannot be acknowledged; a connection met in its middle is taken at its word.
  const otherEnd = ends[other] ?? acknowledged;
  if (known !== undefined && acknowledged !== undefined && otherEnd !== undefined && isAfter(acknowledged, otherEnd))
    return invalid;
  const control = (flags & syn ? 1 : 0) + (flags & fin ? 1 : 0);
  const end = (sequence + (packet.end - at - dataOffset) + control) >>> 0;
  const sent = ends[direction];
  const tcpEnds = { ...ends, [other]: otherEnd, [direction]: sent === undefined || isAfter(end, sent) ? end : sent };
  return { kind: 'connection', connection: { seenReply: known?.seenReply ?? false, tcp, tcpEnds } };
}
