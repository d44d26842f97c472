import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFrameReader, encodeFrame } from '../../../../shared/plan/frames.ts';
import { parseJson } from '../../../../shared/plan/parse-json.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const text = (frame: Uint8Array) => new TextDecoder().decode(frame);

/** A stream of these chunks, cut at these places. */
function cut(stream: Uint8Array, places: readonly number[]): readonly Uint8Array[] {
  const edges = [0, ...places.map((place) => place % (stream.length + 1)).sort((a, b) => a - b), stream.length];
  return edges.slice(1).map((edge, index) => stream.subarray(edges[index], edge));
}

describe('frames', () => {
  it('come out as they went in, however the stream is cut', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' })), fc.array(fc.nat()), (messages, places) => {
        const stream = Buffer.concat(messages.map(encodeFrame));
        const reader = createFrameReader(1000);
        const frames = cut(stream, places).flatMap((chunk) => reader.push(chunk) ?? []);
        expect(frames.map(text)).toEqual(messages);
      }),
    );
  });

  it('never throw, whatever comes', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array()), (chunks) => {
        const reader = createFrameReader(64);
        for (const chunk of chunks) {
          for (const frame of reader.push(chunk) ?? []) expect(frame.length).toBeLessThanOrEqual(64);
        }
      }),
    );
  });

  it('are refused when they are too long, before they have come, and so is all that follows', () => {
    const reader = createFrameReader(16);
    expect(reader.push(encodeFrame('x'.repeat(16)))).toHaveLength(1);
    expect(reader.push(Uint8Array.of(0, 0, 0, 17))).toBeUndefined();
    expect(reader.push(encodeFrame('x'))).toBeUndefined();
  });
});

describe('JSON from a client', () => {
  it.each(['{"a":[1,"]]]]{{{{",null]}', '"\\\\\\"[[[["', '0', '{"a":{"b":{}}}'])('%s', (json) => {
    expect(parseJson(bytes(json), 3)).toEqual({ value: JSON.parse(json) });
  });

  it.each([
    ['too deep', '[[[[]]]]'],
    ['too deep beside something shallow', '[[],[[[]]]]'],
    ['a bomb', '['.repeat(1_000_000)],
    ['not JSON', '{'],
    ['nothing', ''],
    ['with a byte order mark', '\ufeff{}'],
  ])('is refused when it is %s', (_, json) => {
    expect(parseJson(bytes(json), 3)).toBeUndefined();
  });

  it('is refused when it is not UTF-8', () => {
    expect(parseJson(Uint8Array.of(0x22, 0xff, 0x22), 3)).toBeUndefined();
  });
});
