import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildFrame, type FrameContent } from '../../../../main/compiler/evaluate/build-frame.ts';
import { classifyFrame, noConnections } from '../../../../main/compiler/evaluate/connections/connection-tracker.ts';
import { describeFrame } from '../../../../main/compiler/evaluate/describe-frame.ts';
import { viewFrame } from '../../../../main/compiler/evaluate/frame-view.ts';
import { isMalformed } from '../../../../main/compiler/evaluate/is-malformed.ts';
import { mendFrame } from '../../../../main/compiler/evaluate/mend-frame.ts';

const ipv4 = { family: 'ipv4', source: 0x0a000005n, destination: 0xc0000219n } as const;
const ipv6 = { family: 'ipv6', source: 0x20010db8n << 96n, destination: (0x20010db8n << 96n) + 1n } as const;
const ports = { sourcePort: 40_000, destinationPort: 25 };
const contents: readonly (readonly [string, FrameContent])[] = [
  ['tcp', { protocol: 'tcp', ...ipv4, ...ports, flags: 2 }],
  ['tcp over IPv6', { protocol: 'tcp', ...ipv6, ...ports, flags: 2 }],
  ['udp', { protocol: 'udp', ...ipv4, ...ports }],
  ['udp over IPv6', { protocol: 'udp', ...ipv6, ...ports }],
  ['icmp', { protocol: 'icmp', ...ipv4, type: 8, code: 0, identifier: 1 }],
  ['icmpv6', { protocol: 'icmp', ...ipv6, type: 128, code: 0, identifier: 1 }],
];
const frameOf = (content: FrameContent): Uint8Array => {
  const built = buildFrame({ sourceMac: 0x525400000001n, destinationMac: 0x525400000002n, content });
  const { packet } = viewFrame(built);
  return built.subarray(0, packet?.end ?? built.length);
};

/** The frame with so many bytes more, as its headers say, of which none was copied. */
function cut(frame: Uint8Array, missing: number): Uint8Array {
  const { packet } = viewFrame(frame);
  const at = packet?.family === 'ipv4' ? 16 : 18;
  const bytes = Uint8Array.from(frame);
  const length = ((bytes[at] ?? 0) << 8) + (bytes[at + 1] ?? 0) + missing;
  bytes[at] = length >> 8;
  bytes[at + 1] = length & 0xff;
  return bytes;
}

const stateOf = (frame: Uint8Array): string => classifyFrame(viewFrame(frame), noConnections).classification.state;

describe('a logged frame', () => {
  it.each(contents)('of %s stays as it was where nothing is missing', (_, content) => {
    expect(mendFrame(frameOf(content))).toEqual(frameOf(content));
  });

  it.each(contents)('of %s that was cut is whole again, and a first packet as before', (_, content) => {
    const mended = mendFrame(cut(frameOf(content), 1000));
    expect(describeFrame(mended)).toBe(describeFrame(frameOf(content)));
    expect([isMalformed(viewFrame(mended)), stateOf(mended)]).toEqual([false, 'NEW']);
  });

  it.each(contents.filter(([name]) => name !== 'icmp'))(
    'of %s whose checksum the card had to finish has it',
    (_, content) => {
      const frame = frameOf(content);
      const { packet } = viewFrame(frame);
      const transport = packet?.transport ?? 0;
      const at = transport + (packet?.protocol === 6 ? 16 : packet?.protocol === 17 ? 6 : 2);
      // The sum over everything, less that over the segment, is that over the addresses.
      const partial = Uint8Array.from(frame);
      partial.set(pseudoSum(frame, transport), at);
      expect(mendFrame(partial)).toEqual(frame);
    },
  );

  it('keeps a checksum that is simply wrong', () => {
    const wrong = Uint8Array.from(frameOf({ protocol: 'tcp', ...ipv4, ...ports, flags: 2 }));
    wrong[50] = (wrong[50] ?? 0) ^ 0xff;
    expect(mendFrame(wrong)).toEqual(wrong);
  });

  it('may be any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 120 }), (bytes) => {
        expect(mendFrame(bytes)).toHaveLength(bytes.length);
      }),
    );
    fc.assert(
      fc.property(fc.constantFrom(0x0800, 0x86dd), fc.uint8Array({ maxLength: 120 }), (type, bytes) => {
        const frame = Uint8Array.from([...new Uint8Array(12), type >> 8, type & 0xff, ...bytes]);
        expect(mendFrame(frame)).toHaveLength(frame.length);
      }),
    );
  });
});

function pseudoSum(frame: Uint8Array, transport: number): readonly number[] {
  const { packet } = viewFrame(frame);
  if (packet === undefined) return [];
  const length = packet.end - transport;
  const words = [packet.source, packet.destination].flatMap((address) =>
    Array.from({ length: 8 }, (_, at) => Number((address >> BigInt(16 * at)) & 0xffffn)),
  );
  let sum = words.reduce((all, each) => all + each, length + (packet.protocol ?? 0));
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >> 16);
  return [sum >> 8, sum & 0xff];
}
