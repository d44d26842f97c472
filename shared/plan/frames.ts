const headerBytes = 4;

/** Takes a byte stream apart into the frames of the helper's protocol: four bytes of length, highest first, then so many bytes of JSON. */
export interface FrameReader {
  /** The frames that this chunk completes; undefined once a frame is longer than allowed, after which nothing can be read any more. */
  push(chunk: Uint8Array): readonly Uint8Array[] | undefined;
}

export function createFrameReader(maxBytes: number): FrameReader {
  let pending: Uint8Array[] = [];
  let pendingBytes = 0;
  let broken = false;

  return {
    push(chunk) {
      if (broken) return undefined;
      pending.push(chunk);
      pendingBytes += chunk.length;
      const frames: Uint8Array[] = [];
      for (;;) {
        if (pendingBytes < headerBytes) return frames;
        if (firstLength(pending) < headerBytes) pending = [join(pending, pendingBytes)];
        const length = readLength(pending);
        if (length > maxBytes) {
          broken = true;
          pending = [];
          return undefined;
        }
        if (pendingBytes < headerBytes + length) return frames;
        // Joined once a frame is whole, so that a frame in many chunks is copied once.
        const whole = join(pending, pendingBytes);
        frames.push(whole.subarray(headerBytes, headerBytes + length));
        pending = [whole.subarray(headerBytes + length)];
        pendingBytes -= headerBytes + length;
      }
    },
  };
}

/** A frame that holds this text. */
export function encodeFrame(json: string): Uint8Array {
  const body = new TextEncoder().encode(json);
  const frame = new Uint8Array(headerBytes + body.length);
  new DataView(frame.buffer).setUint32(0, body.length);
  frame.set(body, headerBytes);
  return frame;
}

function firstLength(chunks: readonly Uint8Array[]): number {
  return chunks[0]?.length ?? 0;
}

function readLength([first]: readonly Uint8Array[]): number {
  if (first === undefined) return 0;
  return new DataView(first.buffer, first.byteOffset, first.byteLength).getUint32(0);
}

function join(chunks: readonly Uint8Array[], bytes: number): Uint8Array {
  const [first] = chunks;
  if (first !== undefined && chunks.length === 1) return first;
  const whole = new Uint8Array(bytes);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}
