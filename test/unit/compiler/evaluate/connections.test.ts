import { describe, expect, test } from 'vitest';
import { classifyFrame, noConnections } from '../../../../main/compiler/evaluate/connections/connection-tracker.ts';
import { viewFrame } from '../../../../main/compiler/evaluate/frame-view.ts';
import { type Direction, type IpFamily, ipFamilies } from '../../../../main/compiler/policy/policy.ts';
import { bytes, concat, uint, withBytes } from '../../../frames/bytes.ts';
import { type Ends, extensionHeader, type IpOptions, ipPacket } from '../../../frames/ip.ts';
import {
  ahPacket,
  espPacket,
  icmpMessage,
  igmpReport,
  sctpChunk,
  sctpInitiateTag,
  sctpPacket,
  type TcpOptions,
  tcpFlag,
  tcpSegment,
  udpDatagram,
  udpliteDatagram,
} from '../../../frames/transport.ts';
import { endsOf, ipFrame, ipv4, ipv6 } from './ends.ts';

// What Linux 6.18 answered, frame by frame, each table under a fresh connection table.

type State = 'NEW' | 'ESTABLISHED' | 'RELATED' | 'INVALID' | 'UNTRACKED';
type Step = readonly [note: string, frame: Uint8Array, state: State];

/** The states of packets one after the other, all of which pass. */
function statesOf(steps: readonly Step[]): readonly (readonly [string, string])[] {
  let table = noConnections;
  return steps.map(([note, frame]) => {
    const { classification, passed } = classifyFrame(viewFrame(frame), table);
    table = passed;
    return [note, classification.state];
  });
}

function expectStates(steps: readonly Step[]): void {
  expect(statesOf(steps)).toEqual(steps.map(([note, , state]) => [note, state]));
}

const frameFor =
  (family: IpFamily, protocol: number) =>
  (direction: Direction, make: (ends: Ends) => Uint8Array, options?: IpOptions & { ends?: Partial<Ends> }) =>
    ipFrame(direction, family, protocol, make, options);

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

describe.each(ipFamilies)('UDP over %s', (family) => {
  const frame = frameFor(family, 17);
  const ports = (source: number, destination = 53) => ({ source, destination });

  test('a query, its answer and what does not hold', () => {
    expectStates([
      ['query', frame('out', (ends) => udpDatagram(ends, ports(5000))), 'NEW'],
      ['answer', frame('in', (ends) => udpDatagram(ends, ports(53, 5000))), 'ESTABLISHED'],
      ['query again', frame('out', (ends) => udpDatagram(ends, ports(5000))), 'ESTABLISHED'],
      ['bad checksum', frame('out', (ends) => udpDatagram(ends, ports(5001), { badChecksum: true })), 'INVALID'],
      ['no checksum', frame('out', (ends) => udpDatagram(ends, ports(5002), { noChecksum: true })), 'NEW'],
      ['port 0', frame('out', (ends) => udpDatagram(ends, ports(5003, 0))), 'NEW'],
      ['half a header', frame('out', (ends) => udpDatagram(ends, ports(5004)).subarray(0, 4)), 'INVALID'],
      ['length beyond the packet', frame('out', (ends) => udpDatagram(ends, ports(5005), { length: 200 })), 'INVALID'],
      [
        'length short of it',
        frame('out', (ends) => udpDatagram(ends, ports(5006), { length: 8, noChecksum: true })),
        'NEW',
      ],
    ]);
  });
});

describe.each(ipFamilies)('UDP-Lite over %s', (family) => {
  test.each([
    ['a right checksum', {}, 'INVALID'],
    ['a right checksum over the header', { coverage: 8 }, 'INVALID'],
    ["a checksum made with UDP's number", { pseudoProtocol: 17 }, 'NEW'],
    ["a checksum over the header made with UDP's number", { pseudoProtocol: 17, coverage: 8 }, 'NEW'],
    ["a checksum over all made with UDP's number", { pseudoProtocol: 17, coverage: 24 }, 'NEW'],
    ['a coverage within the header', { pseudoProtocol: 17, coverage: 4 }, 'INVALID'],
    ['a coverage beyond the packet', { pseudoProtocol: 17, coverage: 200 }, 'INVALID'],
    ['no checksum', { noChecksum: true }, 'INVALID'],
    ['a bad checksum', { pseudoProtocol: 17, badChecksum: true }, 'INVALID'],
  ] as const)('%s', (note, given, state) => {
    const ports = { source: 5000, destination: 53 };
    const frame = ipFrame('out', family, 136, (ends) => udpliteDatagram(ends, ports, given));
    expectStates([[note, frame, state]]);
  });
});

describe.each(ipFamilies)('SCTP over %s', (family) => {
  const frame = frameFor(family, 132);
  const forth = { source: 5000, destination: 6000 };
  const back = { source: 6000, destination: 5000 };
  const opening: readonly (keyof typeof sctpChunk)[] = ['init', 'heartbeat', 'heartbeatAck', 'shutdownAck'];

  test.each(Object.entries(sctpChunk))('the first packet, %s', (name, chunk) => {
    const state = opening.some((each) => each === name) ? 'NEW' : 'INVALID';
    expectStates([[name, frame('out', () => sctpPacket(forth, chunk)), state]]);
  });

  test('what does not hold', () => {
    expectStates([
      ['bad CRC', frame('out', () => sctpPacket(forth, sctpChunk.init, { badChecksum: true })), 'INVALID'],
      ['INIT with a tag', frame('out', () => sctpPacket(forth, sctpChunk.init, { tag: 5 })), 'INVALID'],
      ['no chunk', frame('out', () => sctpPacket(forth, sctpChunk.init).subarray(0, 12)), 'INVALID'],
    ]);
  });

  test('verification tags are those that INIT asked for', () => {
    expectStates([
      ['INIT', frame('out', () => sctpPacket(forth, sctpChunk.init)), 'NEW'],
      ['INIT again', frame('out', () => sctpPacket(forth, sctpChunk.init)), 'NEW'],
      ['INIT back', frame('in', () => sctpPacket(back, sctpChunk.init)), 'ESTABLISHED'],
      ['DATA, another tag', frame('out', () => sctpPacket(forth, sctpChunk.data, { tag: 7 })), 'INVALID'],
      ['DATA back', frame('in', () => sctpPacket(back, sctpChunk.data, { tag: sctpInitiateTag })), 'ESTABLISHED'],
    ]);
  });

  test('an association that begins with a heartbeat', () => {
    expectStates([
      ['HEARTBEAT', frame('out', () => sctpPacket(forth, sctpChunk.heartbeat)), 'NEW'],
      ['HEARTBEAT ACK back', frame('in', () => sctpPacket(back, sctpChunk.heartbeatAck)), 'ESTABLISHED'],
      ['DATA', frame('out', () => sctpPacket(forth, sctpChunk.data)), 'ESTABLISHED'],
    ]);
  });
});

describe.each(ipFamilies)('protocols that are told apart by their addresses alone, over %s', (family) => {
  test.each([
    ['ESP', 50, espPacket()],
    ['GRE', 47, bytes(0, 0, 8, 0, 1, 2, 3, 4)],
    ['253', 253, new Uint8Array(16)],
  ])('%s', (_, protocol, payload) => {
    const frame = frameFor(family, protocol);
    expectStates([
      ['first', frame('out', () => payload), 'NEW'],
      ['again', frame('out', () => payload), 'NEW'],
      ['back', frame('in', () => payload), 'ESTABLISHED'],
      ['once more', frame('out', () => payload), 'ESTABLISHED'],
    ]);
  });
});

describe('the authentication header', () => {
  test('is a protocol over IPv4', () => {
    expectStates([
      ['first', ipFrame('out', 'ipv4', 51, () => ahPacket()), 'NEW'],
      ['back', ipFrame('in', 'ipv4', 51, () => ahPacket()), 'ESTABLISHED'],
    ]);
  });

  test('is an extension header over IPv6: what is in it counts', () => {
    const ports = { source: 5000, destination: 53 };
    const frame = ipFrame('out', 'ipv6', 51, (ends) => ahPacket(17, udpDatagram(ends, ports)));
    expectStates([
      ['nothing in it', ipFrame('out', 'ipv6', 51, () => ahPacket()), 'INVALID'],
      ['half a TCP header', ipFrame('out', 'ipv6', 51, () => ahPacket(6, bytes(0, 1, 0, 2))), 'INVALID'],
      ['UDP', frame, 'NEW'],
      ['cut off', ipFrame('out', 'ipv6', 51, () => bytes(17)), 'INVALID'],
    ]);
  });
});

test('IGMP has no answers, and its checksum is not looked at', () => {
  const group = { ends: { destination: ipv4('239.1.2.3') } };
  const frame = frameFor('ipv4', 2);
  expectStates([
    ['report', frame('out', () => igmpReport(), group), 'NEW'],
    ['again', frame('out', () => igmpReport(), group), 'NEW'],
    ['bad checksum', frame('out', () => withBytes(igmpReport(), 2, uint(0, 2)), group), 'NEW'],
    ['to the peer', frame('out', () => igmpReport()), 'NEW'],
    ['from the peer', frame('in', () => igmpReport()), 'ESTABLISHED'],
  ]);
});

const icmpPairs: Readonly<Record<IpFamily, readonly (readonly [request: number, reply: number])[]>> = {
  ipv4: [
    [8, 0],
    [13, 14],
    [15, 16],
    [17, 18],
  ],
  ipv6: [
    [128, 129],
    [139, 140],
  ],
};
const untracked: readonly number[] = [130, 131, 132, 133, 134, 135, 136, 143, 151];

describe.each([
  ['ipv4', 1],
  ['ipv6', 58],
] as const)('ICMP over %s', (family, protocol) => {
  const frame = frameFor(family, protocol);
  const message = (direction: Direction, type: number, code = 0, rest?: Uint8Array) =>
    frame(direction, (ends) => icmpMessage(ends, { type, code, ...(rest === undefined ? {} : { rest }) }));
  const requests = icmpPairs[family].map(([request]) => request);

  test.each(Array.from({ length: 256 }, (_, type) => type))('type %i as the first packet', (type) => {
    const isUntracked = family === 'ipv6' && untracked.includes(type);
    const state = requests.includes(type) ? 'NEW' : isUntracked ? 'UNTRACKED' : 'INVALID';
    expectStates([
      ['out', message('out', type), state],
      ['in', message('in', type), state],
    ]);
  });

  test.each(icmpPairs[family])('request %i is answered by %i', (request, reply) => {
    expectStates([
      ['request', message('out', request), 'NEW'],
      ['request again', message('out', request), 'NEW'],
      ['reply', message('in', reply), 'ESTABLISHED'],
      ['reply again', message('in', reply), 'ESTABLISHED'],
      ['reply with another code', message('in', reply, 5), 'INVALID'],
      ['reply with another identifier', message('in', reply, 0, bytes(0, 9, 0, 1)), 'INVALID'],
      ['request with another code', message('out', request, 3), 'NEW'],
    ]);
  });

  test('what does not hold', () => {
    const type = family === 'ipv4' ? 8 : 128;
    expectStates([
      ['bad checksum', frame('out', (ends) => icmpMessage(ends, { type, badChecksum: true })), 'INVALID'],
      ['half a header', frame('out', (ends) => icmpMessage(ends, { type }).subarray(0, 4)), 'INVALID'],
    ]);
  });
});

test('neighbour discovery is untracked with any code, but not with a bad checksum', () => {
  const frame = frameFor('ipv6', 58);
  expectStates([
    ['code 1', frame('out', (ends) => icmpMessage(ends, { type: 135, code: 1 })), 'UNTRACKED'],
    ['bad checksum', frame('out', (ends) => icmpMessage(ends, { type: 135, badChecksum: true })), 'INVALID'],
  ]);
});

describe.each([
  ['ipv4', 1, [3, 4, 5, 11, 12], '10.33.0.77'],
  ['ipv6', 58, [1, 2, 3, 4], 'fd00:33::77'],
] as const)('ICMP errors over %s', (family, protocol, types, third) => {
  const frame = frameFor(family, protocol);
  const ports = { source: 5000, destination: 53 };
  const query = ipFrame('out', family, 17, (ends) => udpDatagram(ends, ports));
  const about = (ends: Ends, source = 5000) => ipPacket(ends, 17, udpDatagram(ends, { ...ports, source }));
  const error =
    (type: number, packet: Uint8Array, badChecksum = false) =>
    (ends: Ends) =>
      icmpMessage(ends, { type, rest: concat(uint(0, 4), packet), badChecksum });
  const known = about(endsOf('out', family));
  const address = (family === 'ipv4' ? ipv4 : ipv6)(third);

  test.each(types)('type %i about a known packet is related to it, whoever sends it', (type) => {
    expectStates([
      ['query', query, 'NEW'],
      ['from its receiver', frame('in', error(type, known)), 'RELATED'],
      ['from a third one', frame('in', error(type, known), { ends: { source: address } }), 'RELATED'],
    ]);
  });

  test.each(types)('type %i about anything else is invalid', (type) => {
    expectStates([
      ['query', query, 'NEW'],
      ['another connection', frame('in', error(type, about(endsOf('out', family), 5999))), 'INVALID'],
      ['bad checksum', frame('in', error(type, known, true)), 'INVALID'],
      ['garbage', frame('in', error(type, new TextEncoder().encode('ping payload 1234'))), 'INVALID'],
      ['nothing', frame('in', error(type, bytes())), 'INVALID'],
      ["away from the packet's sender", frame('out', error(type, known)), 'INVALID'],
    ]);
  });
});

describe('IPv6 extension headers', () => {
  const ports = { source: 7000, destination: 53 };
  test.each([
    ['hop-by-hop options', 0, 'options'],
    ['destination options', 60, 'options'],
    ['a routing header', 43, 'routing'],
  ] as const)('%s are passed over', (note, protocol, kind) => {
    const make = (ends: Ends) => concat(extensionHeader(kind, 17), udpDatagram(ends, ports));
    const answer = (ends: Ends) => udpDatagram(ends, { source: 53, destination: 7000 });
    expectStates([
      [note, ipFrame('out', 'ipv6', protocol, make), 'NEW'],
      ['answer without them', ipFrame('in', 'ipv6', 17, answer), 'ESTABLISHED'],
    ]);
  });

  test('nothing behind them is invalid', () => {
    expectStates([
      ['no next header', ipFrame('out', 'ipv6', 59, () => bytes()), 'INVALID'],
      ['options, then nothing', ipFrame('out', 'ipv6', 60, () => extensionHeader('options', 59)), 'INVALID'],
      ['options beyond the packet', ipFrame('out', 'ipv6', 60, () => bytes(17, 200, 1, 4, 0, 0, 0, 0)), 'INVALID'],
    ]);
  });
});

test('what a station sends to itself is its own answer', () => {
  const toItself = ipFrame('out', 'ipv4', 51, () => ahPacket(), {
    ends: { destination: endsOf('out', 'ipv4').source },
  });
  expectStates([
    ['first', toItself, 'NEW'],
    ['again', toItself, 'ESTABLISHED'],
  ]);
});

test('what is dropped leaves no connection behind', () => {
  const query = ipFrame('out', 'ipv4', 17, (ends) => udpDatagram(ends, { source: 5000, destination: 53 }));
  const answer = ipFrame('in', 'ipv4', 17, (ends) => udpDatagram(ends, { source: 53, destination: 5000 }));
  const { seen } = classifyFrame(viewFrame(query), noConnections);
  expect(classifyFrame(viewFrame(answer), seen).classification.state).toBe('NEW');
});

test('frames that are no IP packets have no connection', () => {
  const { classification } = classifyFrame(viewFrame(new Uint8Array(60)), noConnections);
  expect(classification).toMatchObject({ state: 'UNTRACKED', direction: 'original' });
});
