import { describe, expect, it } from 'vitest';
import { tellHealings } from '../../../main/app/health/healings-told.ts';
import type { Healing } from '../../../shared/plan/healing.ts';

const healing = (second: number): Healing => ({
  at: `2026-01-01T00:00:0${second}.000Z`,
  what: 'rules',
  names: [],
  by: { pid: 7, program: 'nft' },
  outcome: 'healed',
  milliseconds: 40,
});

describe('what was healed', () => {
  it('is told once, and not what was before the app was opened', () => {
    const told: unknown[] = [];
    const tell = tellHealings((_event, payload) => told.push(payload));
    tell([healing(1)]);
    expect(told).toEqual([]);
    tell([healing(1), healing(2)]);
    tell([healing(1), healing(2)]);
    const at = Date.parse(healing(2).at);
    expect(told).toEqual([{ at, what: 'rules', names: [], program: 'nft', outcome: 'healed' }]);
  });

  it('is told where there was nothing before', () => {
    const told: unknown[] = [];
    const tell = tellHealings((_event, payload) => told.push(payload));
    tell([]);
    tell([healing(1)]);
    expect(told).toHaveLength(1);
  });
});
