import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readHealings } from '../../../main/helper/healings.ts';
import { readJournal } from '../../../main/helper/journal.ts';
import { noteHealing, titleOfHealing } from '../../../main/helper/note-healing.ts';
import type { Healing } from '../../../shared/plan/healing.ts';

type Healed = Extract<Healing, { readonly outcome: 'healed' }>;
const healed = (part: Partial<Healed> = {}): Healed => ({
  ...{ what: 'rules', names: [], at: '2026-11-27T12:00:00.000Z', outcome: 'healed', milliseconds: 40, ...part },
});

describe('a healing in the journal', () => {
  let state = '';
  beforeEach(() => {
    state = mkdtempSync(join(tmpdir(), 'guestward-healing-'));
  });
  afterEach(() => rmSync(state, { recursive: true }));

  it.each<readonly [Partial<Healed>, string]>([
    [{}, 'Put back the rules'],
    [{ by: { pid: 7, program: 'nft' } }, 'Put back the rules, which nft had taken away'],
    [{ by: { pid: 7, program: 'n\u001b[31mft' } }, 'Put back the rules, which n?[31mft had taken away'],
    [{ what: 'devices', names: ['gw0', 'gw1', 'gw2', 'gw3', 'gw4'] }, 'Put back the devices gw0, gw1, gw2 and 2 more'],
    [{ what: 'devices', names: ['gw0'] }, 'Put back the device gw0'],
    [{ what: 'dnsmasq', names: ['home'] }, 'Put back dnsmasq of home'],
  ])('%j is called so', (part, title) => {
    expect(titleOfHealing(healed(part))).toBe(title);
  });

  it('stands once an hour where it happens again and again, and every time among the healings', () => {
    for (const at of ['12:00:00', '12:00:05', '12:30:00', '13:30:00']) {
      noteHealing({ state, run: state }, healed({ at: `2026-11-27T${at}.000Z` }));
    }
    expect(readJournal(state, 0).map(({ at }) => new Date(at).toISOString().slice(11, 19))).toEqual([
      '13:30:00',
      '12:00:00',
    ]);
    expect(readHealings(state)).toHaveLength(4);
  });
});
