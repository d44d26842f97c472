import { describe, expect, it } from 'vitest';
import { groupByDay } from '../../../../renderer/features/activity/group-by-day.ts';
import { relativeTime } from '../../../../renderer/features/activity/relative-time.ts';
import { sinceThen } from '../../../../renderer/features/activity/since-then.ts';
import type { DropGroup } from '../../../../shared/rpc/drops.ts';
import type { Nic } from '../../../../shared/rpc/machine.ts';

const rule = (filter: string, packets: number): DropGroup => ({
  rule: { filter, file: `${filter}.xml`, line: 3 },
  verdict: 'drop',
  packets,
  bytes: packets * 60,
});

const nic: Nic = {
  device: 'vnet0',
  present: true,
  kind: 'tap',
  up: true,
  addresses: [],
  hypervisor: { name: 'QEMU', guest: 'Mail' },
  filter: { name: 'web', parameters: {} },
  problems: [],
};

describe('sinceThen', () => {
  it.each([
    ['what came since', 5, 12, 7],
    ['nothing', 5, 5, 0],
    ['a counter that began anew', 12, 5, 5],
  ])('counts %s', (_, before, after, added) => {
    expect(sinceThen([rule('web', after)], [rule('web', before)], '', [])).toMatchObject([{ added }]);
  });

  it('counts all of a rule that was not there before', () => {
    expect(sinceThen([rule('web', 4)], [], '', [])).toMatchObject([{ added: 4 }]);
  });

  it.each([
    ['', 2],
    ['WE', 1],
    ['mail', 1],
    ['vnet0', 1],
    ['other', 0],
  ])('shows of two rules, by %j: %i', (wanted, count) => {
    expect(sinceThen([rule('web', 1), rule('db', 1)], [], wanted, [nic])).toHaveLength(count);
  });
});

describe('groupByDay', () => {
  it('parts at local midnight and keeps the order', () => {
    const at = (day: number, hour: number) => ({ at: new Date(2026, 0, day, hour).getTime() });
    const days = groupByDay([at(2, 0), at(1, 23), at(1, 0)]);
    expect(days.map(({ items }) => items.length)).toEqual([1, 2]);
  });
});

describe('relativeTime', () => {
  it.each([
    [0, 'now'],
    [59_000, 'now'],
    [60_000, '1 minute ago'],
    [7_200_000, '2 hours ago'],
    [86_400_000, 'yesterday'],
    [-5000, 'now'],
  ])('says of %i ms: %s', (ago, text) => {
    expect(relativeTime(1_000_000_000_000 - ago, 1_000_000_000_000)).toBe(text);
  });
});
