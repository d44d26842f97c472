import { describe, test } from 'vitest';
import type { Direction, IpFamily } from '../../../../../main/compiler/policy/policy.ts';
import { bytes, concat, uint } from '../../../../frames/bytes.ts';
import { type Ends, ipPacket } from '../../../../frames/ip.ts';
import { icmpMessage, udpDatagram } from '../../../../frames/transport.ts';
import { endsOf, ipFrame, ipv4, ipv6 } from '../ends.ts';
import { expectStates, frameFor } from './expect-states.ts';

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
