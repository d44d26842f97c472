import type { HeaderField } from '../policy/header-field.ts';
import type { Operand, Test } from '../policy/policy.ts';
import type { ConnectionView } from './connection-view.ts';
import type { FrameView } from './frame-view.ts';

/** The numbers chosen from a rule's value groups: one row of each. */
export type Choice = readonly (readonly bigint[])[];

const numberOf = (operand: Operand, choice: Choice): bigint =>
  operand.kind === 'value' ? operand.value : (choice[operand.group]?.[operand.column] as bigint);

/** A field that the frame does not have matches nothing, negated or not. */
function holds(frame: FrameView, field: HeaderField, negated: boolean, check: (value: bigint) => boolean): boolean {
  const value = frame.read(field);
  return value !== undefined && check(value) !== negated;
}

const lastIcmpNumber = 255n;

/** Whether a number is in the range, as far as it has to be looked at; undefined where it would have to be and is not there. */
function isWithin(value: bigint | undefined, low: bigint, high: bigint): boolean | undefined {
  if (low > high) return false;
  if (low === 0n && high === lastIcmpNumber) return true;
  return value === undefined ? undefined : value >= low && value <= high;
}

const tcpHeader = 20;

/** The kinds of a TCP header's options; where the header is not whole there are none. */
function tcpOptions({ packet, bytes }: FrameView): ReadonlySet<number> {
  const found = new Set<number>();
  if (packet?.transport === undefined) return found;
  const end = packet.transport + ((bytes[packet.transport + 12] ?? 0) >> 4) * 4;
  if (end > packet.end) return found;
  // As nftables walks them (kernel: nft_exthdr_tcp_eval): past the end-of-options mark, but not to a last byte without a length.
  for (let at = packet.transport + tcpHeader; at < end - 1; ) {
    const kind = bytes[at] as number;
    const length = kind < 2 ? 1 : Math.max(1, bytes[at + 1] as number);
    if (at + length <= end) found.add(kind);
    at += length;
  }
  return found;
}

/** Whether a test holds for a frame, given the chosen values and what connection tracking knows of the packet. */
export function runTest(test: Test, frame: FrameView, choice: Choice, connection: ConnectionView): boolean {
  switch (test.test) {
    case 'equal': {
      const mask = test.mask === undefined ? undefined : numberOf(test.mask, choice);
      const wanted = numberOf(test.operand, choice);
      return holds(frame, test.field, test.negated, (value) =>
        mask === undefined ? value === wanted : (value & mask) === (wanted & mask),
      );
    }
    case 'range': {
      const low = numberOf(test.low, choice);
      const high = numberOf(test.high, choice);
      return holds(frame, test.field, test.negated, (value) => value >= low && value <= high);
    }
    case 'icmp': {
      const within = (field: 'icmp-type' | 'icmp-code', [low, high]: readonly [Operand, Operand]) =>
        isWithin(frame.read(field), numberOf(low, choice), numberOf(high, choice));
      const [type, code] = [within('icmp-type', test.type), within('icmp-code', test.code)];
      return test.negated ? type === false || (type === true && code === false) : type === true && code === true;
    }
    case 'gratuitous': {
      const target = frame.read('arp-target-ip');
      return target !== undefined && holds(frame, 'arp-sender-ip', test.negated, (sender) => sender === target);
    }
    case 'tcp-flags': {
      const { packet, bytes } = frame;
      if (packet?.protocol !== 6 || packet.transport === undefined || packet.transport + 14 > packet.end) return false;
      return (((bytes[packet.transport + 13] as number) & test.mask) === test.flags) !== test.negated;
    }
    case 'tcp-option': {
      const hasOption = tcpOptions(frame).has(Number(numberOf(test.option, choice)));
      return frame.packet?.protocol === 6 && hasOption !== test.negated;
    }
    case 'state':
      return test.states.some((state) => state === connection.state);
    case 'connection-direction':
      return connection.direction === test.direction;
    case 'connections':
      return !connection.countable || connection.openFromSource > Number(numberOf(test.above, choice)) !== test.negated;
    case 'ipset':
      return connection.inSet(test.set, test.flags) !== test.negated;
  }
}
