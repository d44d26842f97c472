import { expect, it, vi } from 'vitest';
import { watchTraffic } from '../../../main/app/traffic/watch-traffic.ts';
import { parseTraffic, readTraffic } from '../../../main/machine/read-traffic.ts';

const heading = `Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
`;
const counted = { receivedBytes: 1500, receivedPackets: 3, sentBytes: 99000000000, sentPackets: 70 };

it.each<[string, string, object]>([
  [
    'a device',
    '  gw0: 1500       3    0    1    0     0          0         0 99000000000      70    0    0    0     0       0          0\n',
    { gw0: counted },
  ],
  ['a number that touches the colon', 'gwbr0:1500 3 0 0 0 0 0 0 99000000000 70 0 0 0 0 0 0\n', { gwbr0: counted }],
  [
    'an alias, whose name has a colon',
    ' eth0:1: 1500 3 0 0 0 0 0 0 99000000000 70 0 0 0 0 0 0\n',
    { 'eth0:1': counted },
  ],
  ['a line that is cut short', '  gw0: 1500 3 0\n', {}],
  ['a line that is something else', 'nonsense\n', {}],
  ['nothing', '', {}],
])('reads %s of /proc/net/dev', (_name, line, expected) => {
  expect(parseTraffic(`${heading}${line}`)).toEqual(expected);
});

it('finds the loopback device of this machine', () => {
  expect(readTraffic()).toHaveProperty('lo');
});

it('is told at once and once a second, and no more once it is ended', () => {
  vi.useFakeTimers();
  try {
    let told = 0;
    const end = watchTraffic(
      () => {
        told += 1;
      },
      () => ({ gw0: counted }),
    );
    vi.advanceTimersByTime(2000);
    end();
    vi.advanceTimersByTime(5000);
    expect(told).toBe(3);
  } finally {
    vi.useRealTimers();
  }
});
