/** What is known of one side of a TCP connection; sequence numbers are modulo 2^32. */
export interface TcpSide {
  /** The number after the last byte that the side has sent. */
  readonly end: number;
  /** The last number that its peer allows it to send. */
  readonly maxEnd: number;
  /** The largest window that it has offered; 0 until it has been heard. */
  readonly window: number;
}

export interface TcpSides {
  readonly sender: TcpSide;
  readonly receiver: TcpSide;
}

export interface TcpWords {
  readonly isSyn: boolean;
  /** Whether the connection is still being opened, so that a SYN may begin it anew. */
  readonly isOpening: boolean;
  readonly sequence: number;
  /** The number after the segment's last byte. */
  readonly end: number;
  readonly acknowledged: number | undefined;
  readonly window: number;
}

export const unheardSide: TcpSide = { end: 0, maxEnd: 0, window: 0 };

const wrap = (number: number): number => number >>> 0;
/** Whether sequence number a comes after b, modulo 2^32 (RFC 9293, 3.4). */
const isAfter = (a: number, b: number): boolean => ((b - a) | 0) < 0;
const laterOf = (a: number, b: number): number => (isAfter(a, b) ? a : b);

/** Kernel: MAXACKWINDOW. */
const maxAckWindow = ({ window }: TcpSide): number => Math.max(window, 66_000);

/** The sender as its first segment shows it. */
function heard(sides: TcpSides, { isSyn, isOpening, end, acknowledged, window }: TcpWords): TcpSides {
  const { sender, receiver } = sides;
  const offered = Math.max(window, 1);
  if (sender.window > 0 && !(isSyn && isOpening && isAfter(end, sender.end))) return sides;
  if (isSyn) return { sender: { end, maxEnd: end, window: offered }, receiver };
  const taken = acknowledged ?? 0;
  const atItsWord = receiver.window === 0 ? { end: taken, maxEnd: taken, window: 0 } : receiver;
  return { sender: { end, maxEnd: wrap(end + offered), window: offered }, receiver: atItsWord };
}

/**
 * Judges a segment by the sequence numbers so far (kernel: tcp_in_window, without selective acknowledgements and window scaling): the sides as
 * they are after it, `invalid` for what nobody could say yet, and `ignored` for what has been said long ago.
 */
export function tcpInWindow(before: TcpSides, words: TcpWords): TcpSides | 'invalid' | 'ignored' {
  const { sender, receiver } = heard(before, words);
  const { sequence, end, window } = words;
  const acknowledged = words.acknowledged ?? receiver.end;
  if (isAfter(sequence, sender.maxEnd) || isAfter(acknowledged, receiver.end)) return 'invalid';
  const isOld = receiver.window > 0 && !isAfter(end, wrap(sender.end - receiver.window - 1));
  if (isOld || !isAfter(acknowledged, wrap(receiver.end - maxAckWindow(sender) - 1))) return 'ignored';
  const overshot = receiver.window > 0 && isAfter(end, sender.maxEnd) ? wrap(end - sender.maxEnd) : 0;
  return {
    sender: { end: laterOf(end, sender.end), maxEnd: sender.maxEnd, window: Math.max(sender.window, window) },
    receiver: {
      ...receiver,
      window: receiver.window + overshot,
      maxEnd: laterOf(wrap(acknowledged + Math.max(window, 1)), receiver.maxEnd),
    },
  };
}
