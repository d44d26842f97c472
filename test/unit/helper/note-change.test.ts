import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readJournal } from '../../../main/helper/journal.ts';
import { noteChange } from '../../../main/helper/note-change.ts';
import type { Store } from '../../../main/helper/store.ts';
import type { Cure, NetworkChange } from '../../../shared/plan/network-setup.ts';
import type { Plan } from '../../../shared/plan/plan.ts';
import { wholeSetup } from '../shared/plan/network-samples.ts';

const loose: Cure = { cure: 'loose-rp-filter', device: 'wlan0' };
const off: Cure = { cure: 'bridge-nf-off' };
const setup = (...cures: Cure[]) => ({ ...wholeSetup, cures });

describe('the cures of networks, in the journal', () => {
  let state = '';
  beforeEach(() => {
    state = mkdtempSync(join(tmpdir(), 'guestward-note-'));
  });
  afterEach(() => rmSync(state, { recursive: true }));

  it.each<[string, NetworkChange['setup'] | undefined, NetworkChange['setup'], object | undefined]>([
    ['others than before', setup(loose), setup(loose, off), [{ network: 'lab', before: [loose], after: [loose, off] }]],
    ['none any more', setup(loose), setup(), [{ network: 'lab', before: [loose], after: [] }]],
    ['the same', setup(loose), setup(loose), undefined],
    ['of a network that is started', undefined, setup(loose), undefined],
    ['of a network that is stopped, with which they go', setup(loose), null, undefined],
  ])('%s', (_, before, after, cures) => {
    const places = { state, run: state };
    const setups = new Map(before == null ? [] : [['lab', before]]);
    // What is read of a store here, and nothing of what it takes to have one.
    const store = { inForce: { generation: 6 }, changes: [], setups } as unknown as Store;
    const plan = { definitions: [], networks: [{ network: 'lab', setup: after }] } as unknown as Plan;
    noteChange({ places, store }, plan, { note: { title: 't', through: 'window' }, uid: 0 });
    expect(readJournal(state, 7)[0]?.cures).toEqual(cures);
  });
});
