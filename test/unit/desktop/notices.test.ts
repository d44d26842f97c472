import { describe, expect, it } from 'vitest';
import { createNoticer, type Notice } from '../../../main/desktop/notices.ts';

const drop = (device: string, count: number) => ({
  groups: [{ name: 'f:1', device, direction: 'out', summary: 'x', count, at: 0 }],
  lost: 0,
});

/** Hears of these drops, each after so many seconds. */
function heard(...drops: readonly (readonly [seconds: number, device: string, count: number])[]): readonly string[] {
  const notices: Notice[] = [];
  let now = 0;
  const noticer = createNoticer(
    (notice) => notices.push(notice),
    () => now,
  );
  for (const [seconds, device, count] of drops) {
    now += seconds * 1000;
    noticer.hear('drops.seen', drop(device, count));
  }
  return notices.map(({ title }) => title);
}

describe('a notice of drops in bulk', () => {
  it.each([
    ['few', heard([0, 'vnet0', 99]), []],
    ['many at once', heard([0, 'vnet0', 100]), ['vnet0']],
    ['many within a minute', heard([0, 'vnet0', 60], [50, 'vnet0', 60]), ['vnet0']],
    ['as many, but slowly', heard([0, 'vnet0', 60], [70, 'vnet0', 60]), []],
    [
      'more and more: one word in ten minutes',
      heard([0, 'vnet0', 500], [5, 'vnet0', 500], [300, 'vnet0', 500]),
      ['vnet0'],
    ],
    ['again after ten minutes', heard([0, 'vnet0', 500], [601, 'vnet0', 500]), ['vnet0', 'vnet0']],
    ['of two guests', heard([0, 'vnet0', 500], [1, 'vnet1', 500]), ['vnet0', 'vnet1']],
  ])('%s', (_, titles, devices) => {
    expect(titles).toEqual(devices.map((device) => `Much is dropped at ${device}`));
  });
});

describe('a notice of something that went away', () => {
  it.each([
    [
      { at: 1, what: 'devices', names: ['gwbr0'], outcome: 'healed' },
      { title: 'Guestward put something back', body: 'It was gwbr0.' },
    ],
    [
      { at: 1, what: 'dnsmasq', names: ['home'], program: 'killall', outcome: 'failed' },
      {
        title: 'Guestward cannot keep what it guards',
        body: 'It is DHCP and DNS of home, which killall had taken away. It is tried again.',
      },
    ],
  ])('%j', (payload, notice) => {
    const notices: Notice[] = [];
    createNoticer((each) => notices.push(each), Date.now).hear('health.healed', payload);
    expect(notices).toEqual([notice]);
  });
});
