import { describe, test } from 'vitest';
import { ipFamilies } from '../../../../../main/compiler/policy/policy.ts';
import { udpDatagram, udpliteDatagram } from '../../../../frames/transport.ts';
import { ipFrame } from '../ends.ts';
import { expectStates, frameFor } from './expect-states.ts';

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
