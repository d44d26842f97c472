import { describe, expect, test } from 'vitest';
import { type ConnectionView, newConnection } from '../../../../main/compiler/evaluate/connection-view.ts';
import { viewFrame } from '../../../../main/compiler/evaluate/frame-view.ts';
import { type Choice, runTest } from '../../../../main/compiler/evaluate/run-test.ts';
import type { Operand, Test } from '../../../../main/compiler/policy/policy.ts';
import { bytes } from '../../../frames/bytes.ts';
import { arpPacket, ethernetFrame, etherType } from '../../../frames/link.ts';
import { icmpMessage, tcpFlag, tcpSegment } from '../../../frames/transport.ts';
import { guest, ipFrame, ipv4, peer } from './ends.ts';

const value = (number: bigint | number): Operand => ({ kind: 'value', value: BigInt(number) });
const column: Operand = { kind: 'column', group: 0, column: 1 };
const ports = { source: 40_000, destination: 80 };
const tcpFrame = (options = bytes(), flags: number = tcpFlag.syn) =>
  ipFrame('out', 'ipv4', 6, (ends) => tcpSegment(ends, ports, { options, flags }));
const tcp = tcpFrame();
const icmp = (type: number, code: number) => ipFrame('out', 'ipv4', 1, (ends) => icmpMessage(ends, { type, code }));
const arp = (senderIp: bigint, targetIp: bigint, family: number = etherType.arp) =>
  ethernetFrame(
    { source: guest.mac, destination: peer.mac },
    family,
    arpPacket({
      hardwareType: 1,
      protocolType: 0x0800,
      hardwareLength: 6,
      protocolLength: 4,
      opcode: 1,
      senderMac: guest.mac,
      senderIp,
      targetMac: peer.mac,
      targetIp,
    }),
  );

function holds(
  tested: Test,
  frame: Uint8Array,
  choice: Choice = [],
  connection: Partial<ConnectionView> = {},
): boolean {
  return runTest(tested, viewFrame(frame), choice, { ...newConnection, ...connection });
}

type Plain<T> = T extends { negated: boolean } ? Omit<T, 'negated'> : never;
/** Whether a test holds as it is, and negated. */
const both = (tested: Plain<Test>, frame: Uint8Array, choice: Choice = [], connection: Partial<ConnectionView> = {}) =>
  [false, true].map((negated) => holds({ ...tested, negated } as Test, frame, choice, connection));

const yes = [true, false];
const no = [false, true];
/** What is not there neither is nor is not. */
const neither = [false, false];

describe('equal', () => {
  const port = (operand: Operand) => ({ test: 'equal', field: 'destination-port', operand }) as const;
  const source = (operand: bigint, mask: bigint) =>
    ({ test: 'equal', field: 'ip-source', operand: value(operand), mask: value(mask) }) as const;

  test.each([
    ['the value', port(value(80)), yes],
    ['another value', port(value(81)), no],
    ['the value of a column', port(column), yes],
    ['a field that is not there', { test: 'equal', field: 'arp-opcode', operand: value(1) } as const, neither],
    ['an address under a mask', source(ipv4('10.33.8.0'), 0xffffff00n), yes],
    ['bits outside the mask', source(ipv4('10.33.8.99'), 0xffffff00n), yes],
    ['another net', source(ipv4('10.33.9.0'), 0xffffff00n), no],
    ['an empty mask', source(ipv4('1.2.3.4'), 0n), yes],
  ])('%s', (note, tested, expected) => {
    // A TCP frame's bytes where ARP has its opcode are there all right: only what does not reach so far has no field.
    const frame = note === 'a field that is not there' ? tcp.subarray(0, 18) : tcp;
    expect(both(tested, frame, [[0n, 80n]])).toEqual(expected);
  });
});

describe('range', () => {
  test.each([
    ['the lower end', 80, 90, yes],
    ['the upper end', 70, 80, yes],
    ['one number', 80, 80, yes],
    ['below', 81, 90, no],
    ['above', 70, 79, no],
    ['a range that ends before it starts', 90, 70, no],
  ])('%s', (_, low, high, expected) => {
    const tested = { test: 'range', field: 'destination-port', low: value(low), high: value(high) } as const;
    expect(both(tested, tcp)).toEqual(expected);
    expect(both(tested, tcp.subarray(0, 30))).toEqual(neither);
  });
});

describe('icmp', () => {
  const all = [0, 255] as const;
  test.each([
    ['type and code', [8, 8], [0, 0], icmp(8, 0), yes],
    ['another type', [8, 8], [0, 0], icmp(9, 0), no],
    ['the type with another code', [8, 8], [0, 0], icmp(8, 1), no],
    ['ranges', [7, 9], [0, 3], icmp(8, 3), yes],
    ['any type', all, [3, 3], icmp(8, 3), yes],
    ['any code', [8, 8], all, icmp(8, 3), yes],
    ['a range that ends before it starts', [9, 7], all, icmp(8, 0), no],
    ['another protocol', [8, 8], [0, 0], tcp, neither],
    ['no header', [8, 8], [0, 0], ipFrame('out', 'ipv4', 1, () => bytes()), neither],
    ['a type alone, where only it has to be looked at', [8, 8], all, ipFrame('out', 'ipv4', 1, () => bytes(8)), yes],
    ['a code that is missing', [8, 8], [0, 0], ipFrame('out', 'ipv4', 1, () => bytes(8)), neither],
    ['a code that is missing behind another type', [9, 9], [0, 0], ipFrame('out', 'ipv4', 1, () => bytes(8)), no],
  ] as const)('%s', (_, type, code, frame, expected) => {
    const tested = {
      test: 'icmp',
      type: [value(type[0]), value(type[1])],
      code: [value(code[0]), value(code[1])],
    } as const;
    expect(both(tested, frame)).toEqual(expected);
  });
});

describe('gratuitous', () => {
  test.each([
    ['sender and target alike', arp(guest.ipv4, guest.ipv4), yes],
    ['nobody and nobody', arp(0n, 0n), yes],
    ['a RARP packet', arp(guest.ipv4, guest.ipv4, etherType.rarp), yes],
    ['different ones', arp(guest.ipv4, peer.ipv4), no],
    ['without a target', arp(guest.ipv4, guest.ipv4).subarray(0, 38), no],
    ['without a sender', arp(guest.ipv4, guest.ipv4).subarray(0, 28), neither],
  ] as const)('%s', (note, frame, expected) => {
    // The nft rule compares byte by byte, and stops where there is none.
    expect(both({ test: 'gratuitous' }, frame)).toEqual(note === 'without a target' ? neither : expected);
  });
});

describe('tcp-flags', () => {
  const { syn, ack, rst } = tcpFlag;
  test.each([
    ['SYN among SYN and ACK', syn | ack, syn, syn, yes],
    ['SYN alone, where both are set', syn | ack, syn, syn | ack, no],
    ['a flag outside the mask', syn, syn, syn | rst, yes],
    ['no mask', 0, 0, syn, yes],
    ['flags that the mask leaves out', syn, syn | ack, syn | ack, no],
  ] as const)('%s', (_, mask, flags, sent, expected) => {
    expect(both({ test: 'tcp-flags', mask, flags }, tcpFrame(bytes(), sent))).toEqual(expected);
  });

  test('no flags without a header, and none in UDP', () => {
    const tested = { test: 'tcp-flags', mask: syn, flags: syn } as const;
    expect(
      both(
        tested,
        ipFrame('out', 'ipv4', 6, () => new Uint8Array(13)),
      ),
    ).toEqual(neither);
    expect(
      both(
        tested,
        ipFrame('out', 'ipv4', 17, () => new Uint8Array(20)),
      ),
    ).toEqual(neither);
  });
});

describe('tcp-option', () => {
  const mss = bytes(2, 4, 5, 0xb4);
  test.each([
    ['the option', 2, mss, yes],
    ['no options', 2, bytes(), no],
    ['another option', 3, mss, no],
    ['an option behind pads', 3, bytes(1, 1, 3, 3, 7, 0, 0, 0), yes],
    ['what another option carries', 5, mss, no],
    ['an option behind the end mark', 3, bytes(0, 3, 3, 7), yes],
    ['an option that is longer than the header', 2, bytes(1, 1, 2, 9), no],
    ['an option without a length', 2, bytes(1, 1, 1, 2), no],
    ['the pad', 1, bytes(1, 1, 1, 0), yes],
    ['an option in the last byte, which has no length', 1, bytes(3, 3, 7, 1), no],
  ])('%s', (_, option, options, expected) => {
    expect(both({ test: 'tcp-option', option: value(option) }, tcpFrame(options))).toEqual(expected);
  });
});

test('a TCP header that is not whole has no options, and what is not TCP is not looked at', () => {
  const tested = { test: 'tcp-option', option: value(2) } as const;
  const cut = ipFrame('out', 'ipv4', 6, (ends) =>
    tcpSegment(ends, ports, { options: bytes(2, 4, 5, 0xb4) }).subarray(0, 22),
  );
  expect(both(tested, cut)).toEqual(no);
  expect(both(tested, icmp(8, 0))).toEqual(neither);
});

describe('what connection tracking knows', () => {
  test('state', () => {
    const tested: Test = { test: 'state', states: ['NEW', 'ESTABLISHED'] };
    const states = ['NEW', 'ESTABLISHED', 'RELATED', 'INVALID', 'UNTRACKED'] as const;
    expect(states.filter((state) => holds(tested, tcp, [], { state }))).toEqual(['NEW', 'ESTABLISHED']);
  });

  test('connection-direction', () => {
    const tested: Test = { test: 'connection-direction', direction: 'reply' };
    expect([holds(tested, tcp), holds(tested, tcp, [], { direction: 'reply' })]).toEqual([false, true]);
  });

  test('connections', () => {
    const tested = { test: 'connections', above: value(2) } as const;
    expect(both(tested, tcp, [], { openFromSource: 2 })).toEqual(no);
    expect(both(tested, tcp, [], { openFromSource: 3 })).toEqual(yes);
  });

  test('ipset', () => {
    const tested = { test: 'ipset', set: 's', flags: ['src', 'dst'] } as const;
    const inSet: ConnectionView['inSet'] = (name, flags) => name === 's' && flags.join() === 'src,dst';
    expect(both(tested, tcp)).toEqual(no);
    expect(both(tested, tcp, [], { inSet })).toEqual(yes);
  });
});
