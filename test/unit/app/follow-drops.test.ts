import { afterEach, describe, expect, it, vi } from 'vitest';
import { createDropFollow } from '../../../main/app/drops/follow-drops.ts';
import { createSeenDropsBatch } from '../../../main/app/drops/seen-drops.ts';
import type { Drop } from '../../../main/engine/drops/drop.ts';
import { events } from '../../../shared/rpc/contract.ts';
import { engineDouble } from '../cli/engine-double.ts';

const rule = { filter: 'no-ip-spoofing', file: 'filters/no-ip-spoofing.xml', line: 11 };
const drop = (device: string, at: number, summary = 'tcp a > b'): Drop => ({
  ...{ at, name: 'no-ip-spoofing:11', owner: { rule }, device, direction: 'out', summary, mac: undefined, cut: false },
  frame: Uint8Array.from([0xab, at]),
});

describe('drops that are to be told', () => {
  it('are grouped by guest and rule, with the last packet, and told once', () => {
    const batch = createSeenDropsBatch();
    batch.add([drop('vnet0', 1), drop('vnet1', 2), drop('vnet0', 3, 'udp a > b')]);
    batch.lose(5);
    const told = batch.take();
    const group = { rule, name: 'no-ip-spoofing:11', direction: 'out' };
    expect(told).toEqual({
      groups: [
        { ...group, device: 'vnet0', summary: 'udp a > b', count: 2, at: 3, frame: 'ab03' },
        { ...group, device: 'vnet1', summary: 'tcp a > b', count: 1, at: 2, frame: 'ab02' },
      ],
      lost: 5,
    });
    expect(events['drops.seen'].parse(told)).toEqual(told);
    expect(batch.take()).toBeUndefined();
  });

  it('of more kinds than can be told are counted', () => {
    const batch = createSeenDropsBatch();
    batch.add(Array.from({ length: 130 }, (_, at) => drop(`vnet${at}`, 1)));
    const told = batch.take();
    expect([told?.groups.length, told?.lost]).toEqual([100, 30]);
  });
});

describe('following drops', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('tells them while somebody asks for it, and ends when nobody does any more', async () => {
    vi.useFakeTimers();
    const told: unknown[] = [];
    const left: string[] = [];
    let take: ((drops: readonly Drop[]) => void) | undefined;
    const engine = engineDouble();
    const followed = {
      ...engine,
      followDrops: async (taking: (drops: readonly Drop[]) => void) => {
        take = taking;
        return { ok: true as const, value: () => left.push('left') };
      },
    };
    const follow = createDropFollow({
      door: 'window',
      engine: async () => ({ ok: true, value: followed }),
      emit: (event, payload) => void told.push([event, payload]),
      changed: () => undefined,
    });
    expect(await follow.follow({})).toEqual({ ok: true, value: { seconds: 30 } });
    take?.([drop('vnet0', 1)]);
    take?.([drop('vnet0', 2)]);
    vi.advanceTimersByTime(600);
    expect(told).toEqual([['drops.seen', expect.objectContaining({ lost: 0 })]]);
    vi.advanceTimersByTime(20_000);
    await follow.follow({});
    vi.advanceTimersByTime(20_000);
    expect(left).toEqual([]);
    vi.advanceTimersByTime(11_000);
    expect(left).toEqual(['left']);
  });

  it('passes on why it cannot be', async () => {
    const engine = {
      ...engineDouble(),
      followDrops: async () => ({ ok: false as const, failure: { kind: 'no-drop-log' as const, what: 'this kernel' } }),
    };
    const follow = createDropFollow({
      door: 'window',
      engine: async () => ({ ok: true, value: engine }),
      emit: () => undefined,
      changed: () => undefined,
    });
    expect(await follow.follow({})).toMatchObject({ ok: false, failure: { kind: 'no-drop-log' } });
  });
});
