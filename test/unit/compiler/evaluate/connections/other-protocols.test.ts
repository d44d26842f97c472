import { describe, expect, test } from 'vitest';
import { classifyFrame, noConnections } from '../../../../../main/compiler/evaluate/connections/connection-tracker.ts';
import { viewFrame } from '../../../../../main/compiler/evaluate/frame-view.ts';
import { ipFamilies } from '../../../../../main/compiler/policy/policy.ts';
import { bytes, concat, uint, withBytes } from '../../../../frames/bytes.ts';
import { type Ends, extensionHeader } from '../../../../frames/ip.ts';
import { ahPacket, espPacket, igmpReport, udpDatagram } from '../../../../frames/transport.ts';
import { endsOf, ipFrame, ipv4 } from '../ends.ts';
import { expectStates, frameFor } from './expect-states.ts';

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
