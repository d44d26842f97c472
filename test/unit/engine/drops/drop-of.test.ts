import { describe, expect, it } from 'vitest';
import { buildFrame } from '../../../../main/compiler/evaluate/build-frame.ts';
import { dropOf } from '../../../../main/engine/drops/drop-of.ts';
import { createDropReader } from '../../../../main/engine/drops/read-drops.ts';
import { loadStockFilters } from '../../../../main/engine/stock-filters.ts';
import type { Workspace } from '../../../../main/engine/workspace.ts';
import type { LoggedPacket } from '../../../../main/machine/drop-log/read-nflog.ts';
import { nflogMessage, pcap, text, word } from '../../machine/drop-log/nflog-message.ts';

const names = new Map([
  [2, 'br0'],
  [3, 'vnet0'],
  [4, 'vnet1'],
  [5, 'eth0'],
]);
const setups = { home: { link: { bridge: 'br0' } } } as unknown as Workspace['setups'];
const surroundings = {
  workspace: () => ({ filters: loadStockFilters(), setups }),
  deviceName: (index: number) => names.get(index),
};
const frame = buildFrame({
  sourceMac: 0x525400000002n,
  destinationMac: 0x525400000001n,
  content: {
    ...{ protocol: 'tcp', family: 'ipv4', source: 0x0a000009n, destination: 0x0a000001n },
    ...{ sourcePort: 40_000, destinationPort: 80, flags: 2 },
  },
});
const logged = (part: Partial<LoggedPacket>): LoggedPacket => ({
  name: 'no-ip-spoofing:11',
  family: 'bridge',
  hook: 'prerouting',
  protocol: 0x0800,
  ...{ inDevice: 2, inPort: 3, outDevice: 0, outPort: 0 },
  linkHeader: frame.subarray(0, 14),
  payload: frame.subarray(14),
  ...part,
});

describe('a logged packet', () => {
  it("is a filter's drop, with the frame and who sent it", () => {
    expect(dropOf(logged({}), 7, surroundings)).toEqual({
      at: 7,
      name: 'no-ip-spoofing:11',
      owner: { rule: { filter: 'no-ip-spoofing', file: 'filters/no-ip-spoofing.xml', line: 11 } },
      device: 'vnet0',
      direction: 'out',
      summary: 'tcp 10.0.0.9:40000 > 10.0.0.1:80',
      mac: 0x525400000002n,
      frame,
      cut: false,
    });
  });

  it.each<readonly [string, Partial<LoggedPacket>, string, string]>([
    [
      'what a guest is sent, by rules on frames',
      { hook: 'postrouting', inDevice: 0, inPort: 0, outDevice: 2, outPort: 4 },
      'vnet1',
      'in',
    ],
    [
      'what a guest is sent, by rules on packets',
      { family: 'ipv4', hook: 'forward', outDevice: 2, outPort: 4 },
      'vnet1',
      'in',
    ],
    ['what a guest sends, by rules on packets', { family: 'ipv4' }, 'vnet0', 'out'],
    ['what a network keeps from the host', { name: 'net:home:closed', family: 'ipv4', hook: 'input' }, 'vnet0', 'out'],
    [
      'what leaves a network',
      { name: 'net:home:no-lan', family: 'ipv4', hook: 'forward', outDevice: 5 },
      'vnet0',
      'out',
    ],
    [
      'what would enter a network',
      { name: 'net:home:nothing-new', family: 'ipv4', hook: 'forward', inDevice: 5, inPort: 0, outDevice: 2 },
      'br0',
      'in',
    ],
    ['a device that is gone', { inDevice: 9, inPort: 8 }, '?', 'out'],
  ])('is of the right guest and way: %s', (_, part, device, direction) => {
    expect(dropOf(logged(part), 0, surroundings)).toMatchObject({ device, direction });
  });

  it.each<readonly [string, Partial<LoggedPacket>, object]>([
    [
      'without a link header has no frame',
      { linkHeader: new Uint8Array() },
      { frame: undefined, mac: undefined, summary: 'tcp 10.0.0.9:40000 > 10.0.0.1:80' },
    ],
    ['of a rule that is gone is told by its name', { name: 'gone:3' }, { owner: undefined, name: 'gone:3' }],
    ['that was cut says so', { payload: cut() }, { cut: true, summary: 'tcp 10.0.0.9:40000 > 10.0.0.1:80' }],
    ['without a length of its own is whole as long as it is short', { protocol: 0x88b5 }, { cut: false }],
  ])('%s', (_, part, expected) => {
    expect(dropOf(logged(part), 0, surroundings)).toMatchObject(expected);
  });

  it('comes out of the stream', () => {
    const message = nflogMessage({
      attributes: [
        [1, [0x08, 0, 0, 0]],
        [10, text('no-ip-spoofing:11')],
        [6, word(3)],
        [21, [...frame.subarray(0, 14)]],
        [9, [...frame.subarray(14)]],
      ],
    });
    const read = createDropReader(surroundings);
    expect(read(pcap([message, Uint8Array.from([1])]))).toEqual([
      dropOf(logged({ inDevice: 0 }), 1_000_250, surroundings),
    ]);
    expect(createDropReader(surroundings)(new Uint8Array(24))).toBeUndefined();
  });
});

/** As if the packet were longer than what was copied of it. */
function cut(): Uint8Array {
  const payload = Uint8Array.from(frame.subarray(14));
  payload[2] = 5;
  return payload;
}
