import { describe, expect, it } from 'vitest';
import { buildFrame } from '../../../../main/compiler/evaluate/build-frame.ts';
import { classifyFrame, noConnections } from '../../../../main/compiler/evaluate/connections/connection-tracker.ts';
import { viewFrame } from '../../../../main/compiler/evaluate/frame-view.ts';

const ends = { ipv4: { source: 0x0a000002n, destination: 0x0a000009n }, ipv6: { source: 1n << 120n, destination: 9n } };

describe('classifyFrame', () => {
  it.each([
    ['ipv4', 3],
    ['ipv6', 1],
  ] as const)('takes an %s error that carries less than a header for invalid', (family, type) => {
    for (let length = 0; length <= 60; length += 1) {
      const frame = buildFrame({
        sourceMac: 2n,
        destinationMac: 4n,
        content: { protocol: 'icmp', family, ...ends[family], type, code: 1, identifier: 0 },
        payload: new Uint8Array(length),
      });
      expect(classifyFrame(viewFrame(frame), noConnections).classification.state).toBe('INVALID');
    }
  });
});
