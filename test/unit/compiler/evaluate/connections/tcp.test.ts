import { describe, test } from 'vitest';
import { ipFamilies } from '../../../../../main/compiler/policy/policy.ts';
import { bytes } from '../../../../frames/bytes.ts';
import { type TcpOptions, tcpFlag, tcpSegment } from '../../../../frames/transport.ts';
import { expectStates, frameFor, type Step } from './expect-states.ts';

const { fin, syn, rst, psh, ack, urg, ece, cwr } = tcpFlag;

describe.each(ipFamilies)('TCP over %s', (family) => {
  const frame = frameFor(family, 6);
  const forth = { source: 40_000, destination: 80 };
  const back = { source: 80, destination: 40_000 };
  const out = (given: TcpOptions, ports = forth) => frame('out', (ends) => tcpSegment(ends, ports, given));
  const into = (given: TcpOptions, ports = back) => frame('in', (ends) => tcpSegment(ends, ports, given));

  test.each([
    ['SYN', syn, 'NEW'],
    ['SYN+PSH', syn | psh, 'NEW'],
    ['SYN+URG', syn | urg, 'NEW'],
    ['SYN+ECE+CWR', syn | ece | cwr, 'NEW'],
    ['ACK', ack, 'NEW'],
    ['PSH+ACK', psh | ack, 'NEW'],
    ['SYN+ACK', syn | ack, 'INVALID'],
    ['FIN', fin, 'INVALID'],
    ['FIN+ACK', fin | ack, 'INVALID'],
    ['RST', rst, 'INVALID'],
    ['RST+ACK', rst | ack, 'INVALID'],
    ['no flags', 0, 'INVALID'],
    ['SYN+FIN', syn | fin, 'INVALID'],
    ['SYN+RST', syn | rst, 'INVALID'],
    ['FIN+PSH+URG', fin | psh | urg, 'INVALID'],
    ['URG', urg, 'INVALID'],
    ['all flags', 0x3f, 'INVALID'],
  ] as const)('the first packet, %s, is %#', (note, flags, state) => {
    expectStates([[note, out({ flags }), state]]);
  });

  test('a connection from its opening to its reset', () => {
    expectStates([
      ['SYN', out({ flags: syn, sequence: 1000 }), 'NEW'],
      ['SYN again', out({ flags: syn, sequence: 1000 }), 'NEW'],
      ['SYN+ACK back', into({ flags: syn | ack, sequence: 5000, acknowledgement: 1001 }), 'ESTABLISHED'],
      ['ACK', out({ flags: ack, sequence: 1001, acknowledgement: 5001 }), 'ESTABLISHED'],
      [
        'data back',
        into({ flags: psh | ack, sequence: 5001, acknowledgement: 1001, data: bytes(1, 2, 3) }),
        'ESTABLISHED',
      ],
      ['out of the window', out({ flags: ack, sequence: 999_999_999, acknowledgement: 5001 }), 'INVALID'],
      ['SYN within it', out({ flags: syn, sequence: 9000 }), 'ESTABLISHED'],
      ['RST', out({ flags: rst, sequence: 1001 }), 'ESTABLISHED'],
      ['ACK after it', into({ flags: ack, sequence: 5004, acknowledgement: 1001 }), 'ESTABLISHED'],
    ]);
  });

  test('an opening that begins anew with another number', () => {
    expectStates([
      ['SYN', out({ flags: syn, sequence: 1000 }), 'NEW'],
      ['SYN, another number', out({ flags: syn, sequence: 70_000 }), 'NEW'],
      ['SYN+ACK back', into({ flags: syn | ack, sequence: 5000, acknowledgement: 70_001 }), 'ESTABLISHED'],
    ]);
  });

  test('both sides open at once', () => {
    expectStates([
      ['SYN', out({ flags: syn }), 'NEW'],
      ['SYN back', into({ flags: syn, sequence: 5000 }), 'ESTABLISHED'],
      ['bare ACK back', into({ flags: ack, sequence: 5001, acknowledgement: 1001 }), 'ESTABLISHED'],
    ]);
  });

  test('a closed connection is opened again by a SYN of either side', () => {
    const closing: readonly Step[] = [
      ['SYN', out({ flags: syn }), 'NEW'],
      ['SYN+ACK back', into({ flags: syn | ack, sequence: 5000, acknowledgement: 1001 }), 'ESTABLISHED'],
      ['ACK', out({ flags: ack, sequence: 1001, acknowledgement: 5001 }), 'ESTABLISHED'],
      ['FIN', out({ flags: fin | ack, sequence: 1001, acknowledgement: 5001 }), 'ESTABLISHED'],
      ['FIN back', into({ flags: fin | ack, sequence: 5001, acknowledgement: 1002 }), 'ESTABLISHED'],
      ['last ACK', out({ flags: ack, sequence: 1002, acknowledgement: 5002 }), 'ESTABLISHED'],
    ];
    expectStates([...closing, ['SYN', out({ flags: syn, sequence: 90_000 }), 'NEW']]);
    expectStates([...closing, ['SYN of the other side', into({ flags: syn, sequence: 90_000 }), 'NEW']]);
  });

  test('a reset connection is opened again only by who has reset it', () => {
    const reset: readonly Step[] = [
      ['ACK', out({ flags: ack, sequence: 1001, acknowledgement: 5001 }), 'NEW'],
      ['ACK back', into({ flags: ack, sequence: 5001, acknowledgement: 1001 }), 'ESTABLISHED'],
      ['RST', out({ flags: rst | ack, sequence: 1001, acknowledgement: 5001 }), 'ESTABLISHED'],
    ];
    expectStates([...reset, ['SYN', out({ flags: syn, sequence: 90_000 }), 'NEW']]);
  });

  test('a SYN that is refused', () => {
    expectStates([
      ['SYN', out({ flags: syn }), 'NEW'],
      [
        'SYN+ACK of another number back',
        into({ flags: syn | ack, sequence: 5000, acknowledgement: 77 }),
        'ESTABLISHED',
      ],
      ['RST+ACK back', into({ flags: rst | ack, sequence: 0, acknowledgement: 1001 }), 'ESTABLISHED'],
      ['SYN again', out({ flags: syn }), 'ESTABLISHED'],
    ]);
  });

  test('a connection met in its middle', () => {
    expectStates([
      ['SYN+ACK of the unseen', into({ flags: syn | ack }), 'INVALID'],
      ['SYN the other way', out({ flags: syn }), 'NEW'],
      ['ACK', out({ flags: ack }, { source: 40_001, destination: 80 }), 'NEW'],
      ['answer', into({ flags: ack }, { source: 80, destination: 40_001 }), 'ESTABLISHED'],
    ]);
  });

  test('headers that do not hold', () => {
    expectStates([
      ['bad checksum', out({ badChecksum: true }), 'INVALID'],
      ['port 0', out({}, { source: 40_010, destination: 0 }), 'NEW'],
      ['from port 0', out({}, { source: 0, destination: 80 }), 'NEW'],
      ['half a header', frame('out', (ends) => tcpSegment(ends, forth).subarray(0, 10)), 'INVALID'],
    ]);
  });
});
