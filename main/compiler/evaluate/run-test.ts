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

const tcpHeader = 20;

function tcpOptions(frame: FrameView): ReadonlySet<number> | undefined {
  const { packet, bytes } = frame;
  if (packet?.protocol !== 6 || packet.transport === undefined) return undefined;
  const dataOffset = ((bytes[packet.transport + 12] ?? 0) >> 4) * 4;
  const end = packet.transport + dataOffset;
  if (dataOffset < tcpHeader || end > packet.end) return undefined;
  const found = new Set<number>();
  let at = packet.transport + tcpHeader;
  while (at < end) {
    const kind = bytes[at] as number;
    if (kind === 0) break;
    found.add(kind);
    at += kind === 1 ? 1 : Math.max(2, bytes[at + 1] ?? 2);
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
      const [typeLow, typeHigh, codeLow, codeHigh] = [...test.type, ...test.code].map((operand) =>
        numberOf(operand, choice),
      );
      const type = frame.read('icmp-type');
      const code = frame.read('icmp-code');
      if (type === undefined || code === undefined) return false;
      const inside =
        type >= (typeLow as bigint) &&
        type <= (typeHigh as bigint) &&
        code >= (codeLow as bigint) &&
        code <= (codeHigh as bigint);
      return inside !== test.negated;
    }
    case 'gratuitous': {
      const target = frame.read('arp-target-ip');
      return holds(frame, 'arp-sender-ip', test.negated, (sender) => sender === target);
    }
    case 'tcp-flags': {
      const { packet, bytes } = frame;
      if (packet?.protocol !== 6 || packet.transport === undefined || packet.transport + 14 > packet.end) return false;
      return (((bytes[packet.transport + 13] as number) & test.mask) === test.flags) !== test.negated;
    }
    case 'tcp-option': {
      const options = tcpOptions(frame);
      return options !== undefined && options.has(Number(numberOf(test.option, choice))) !== test.negated;
    }
    case 'state':
      return test.states.some((state) => state === connection.state);
    case 'connection-direction':
      return connection.direction === test.direction;
    case 'connections':
      return connection.openFromSource > Number(numberOf(test.above, choice)) !== test.negated;
    case 'ipset':
      return connection.inSet(test.set, test.flags) !== test.negated;
  }
}
