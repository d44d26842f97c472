import type { HelperFailure } from '../../shared/plan/helper-failure.ts';
import { fail, type Outcome } from '../../shared/plan/outcome.ts';
import type { Ruleset } from '../../shared/plan/ruleset.ts';
import { wholePlan } from '../../shared/plan/whole-plan.ts';
import { writeNft, writeRemoval } from '../../shared/plan/write-nft.ts';
import { settingsBefore, showPackets } from './bridge-netfilter.ts';
import { explainNftFailure, explainQueryFailure } from './kernel-failure.ts';
import { listMarkers } from './marker.ts';
import type { InForce } from './snapshot.ts';
import type { Workspace } from './workspace.ts';

/** Brings what the state folder says is in force back into a kernel that has lost it, in one transaction. */
export async function restore(space: Workspace): Promise<Outcome<void, HelperFailure>> {
  const { store } = space;
  if (store.inForce.bridgeNetfilter) {
    const sysctls = settingsBefore(store.inForce.sysctls);
    store.hold(sysctls);
    const shown = await showPackets(sysctls);
    if (!shown.ok) return shown;
  }
  return loadWhole(space, store.inForce, store.ruleset());
}

/** Puts a whole ruleset in the place of whatever the two tables hold. */
export async function loadWhole(
  space: Workspace,
  { generation, marker }: InForce,
  ruleset: Ruleset,
): Promise<Outcome<void, HelperFailure>> {
  if (marker === null) {
    const removed = await space.nft.apply(writeRemoval());
    if (!removed.ok) return fail(explainQueryFailure(removed.failure));
  } else {
    const operations = wholePlan(ruleset);
    const text = writeNft(operations, { generation, marker, forgotten: [], fresh: true });
    const loaded = await space.nft.apply(text.text);
    if (!loaded.ok) return fail(explainNftFailure(loaded.failure, operations, text));
  }
  return readWholeBack(space, marker);
}

async function readWholeBack(space: Workspace, marker: string | null): Promise<Outcome<void, HelperFailure>> {
  const found = await listMarkers(space.nft);
  if (!found.ok) return found;
  const [standing = null, ...more] = found.value.values();
  if (standing !== marker || more.length > 0) {
    return fail({ kind: 'not-in-force', expected: marker ?? 'nothing', found: standing ?? 'nothing' });
  }
  space.markers = found.value;
  space.status = marker === null ? 'empty' : 'current';
  return { ok: true, value: undefined };
}
