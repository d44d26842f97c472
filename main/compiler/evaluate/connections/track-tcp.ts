import { bigEndian } from '../big-endian.ts';
import type { FrameView, PacketView } from '../frame-view.ts';
import { checksumHolds } from './checksum.ts';
import { type Connection, invalid, type TcpState, type Tracked } from './connection.ts';
import { tcpInWindow, unheardSide } from './tcp-window.ts';

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
  const seenReply = known?.seenReply ?? false;
  if (known !== undefined && change === 'syn-sent' && (known.tcp === 'time-wait' || known.tcp === 'close')) {
    // Only who has closed a connection may open it again (kernel: nf_conntrack_tcp_packet, RFC 9293, 3.6.1).
    const isReopened = known.tcpFinished === true || known.tcpReset === direction;
    return isReopened ? { kind: 'reopened' } : { kind: 'connection', connection: known };
  }
  if (known !== undefined && change === 'same') return { kind: 'connection', connection: known };
  const other = direction === 'original' ? 'reply' : 'original';
  const sequence = Number(bigEndian(bytes, at + 4, 4));
  const control = (flags & syn ? 1 : 0) + (flags & fin ? 1 : 0);
  const sides = known?.tcpSides ?? { original: unheardSide, reply: unheardSide };
  const acknowledgement = Number(bigEndian(bytes, at + 8, 4));
  // A reset may leave out what it answers, and its own number too while the other side waits (RFC 9293, 3.10.7.1).
  const isBareReset = kind === 'rst' && (flags & ack) !== 0 && acknowledgement === 0;
  const answersSyn = kind === 'rst' && sequence === 0 && known?.tcp === 'syn-sent';
  const judged = tcpInWindow(
    { sender: sides[direction], receiver: sides[other] },
    {
      isSyn: (flags & syn) !== 0,
      isOpening: known?.tcp === 'syn-sent' || known?.tcp === 'syn-received',
      sequence: answersSyn ? sides[direction].end : sequence,
      end: answersSyn ? sides[direction].end : (sequence + (packet.end - at - dataOffset) + control) >>> 0,
      acknowledged: (flags & ack) !== 0 && !isBareReset ? acknowledgement : undefined,
      window: Number(bigEndian(bytes, at + 14, 2)),
    },
  );
  // A connection met in its middle is taken at its word: its window may be scaled.
  const liberal = known === undefined ? kind !== 'syn' : known.tcpLiberal === true;
  if (judged === 'invalid' && !liberal) return invalid;
  if (judged === 'ignored' && known !== undefined) return { kind: 'connection', connection: known };
  const tcpSides = typeof judged === 'string' ? sides : { [direction]: judged.sender, [other]: judged.receiver };
  return {
    kind: 'connection',
    connection: {
      seenReply,
      tcp: change as TcpState,
      tcpSides: { ...sides, ...tcpSides },
      tcpLiberal: liberal,
      tcpFinished: known?.tcpFinished === true || change === 'fin-wait',
      tcpReset: kind === 'rst' ? direction : undefined,
    },
  };
}
