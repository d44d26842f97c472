import { describe, expect, it } from 'vitest';
import { addSeen, isMeant, nothingSeen } from '../../../../renderer/features/activity/seen-drops.ts';
import type { SeenDrops } from '../../../../shared/rpc/drops.ts';

const seen = (device: string, count: number, at: number, name = 'no-ip-spoofing:11'): SeenDrops => ({
  ...{ name, device, direction: 'out', summary: `tcp ${at}`, count, at },
});

describe('drops that were told', () => {
  it('are added up by guest and rule, with the last packet, the latest first', () => {
    const once = addSeen(nothingSeen, { groups: [seen('vnet0', 2, 10), seen('vnet1', 1, 11)], lost: 0 });
    const twice = addSeen(once, { groups: [seen('vnet0', 3, 12), seen('vnet0', 1, 5, 'other:1')], lost: 7 });
    expect(twice).toEqual({
      groups: [seen('vnet0', 5, 12), seen('vnet1', 1, 11), seen('vnet0', 1, 5, 'other:1')],
      lost: 7,
    });
  });

  it('that are of too many kinds count as not listed', () => {
    const many = Array.from({ length: 103 }, (_, at) => seen(`vnet${at}`, 2, at));
    const all = addSeen(nothingSeen, { groups: many, lost: 1 });
    expect([all.groups.length, all.groups[0]?.device, all.lost]).toEqual([100, 'vnet102', 7]);
  });

  it.each([
    ['', true],
    [' SPOOF', true],
    ['tcp 1', true],
    ['web', true],
    ['mail', false],
  ])('are meant by %j: %s', (wanted, is) => {
    expect(isMeant(seen('vnet0', 1, 1), 'web (vnet0)', wanted)).toBe(is);
  });
});
