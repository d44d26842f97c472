import { describe, test } from 'vitest';
import { ipFamilies } from '../../../../../main/compiler/policy/policy.ts';
import { sctpChunk, sctpInitiateTag, sctpPacket } from '../../../../frames/transport.ts';
import { expectStates, frameFor } from './expect-states.ts';

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
