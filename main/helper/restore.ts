import type { HelperFailure } from '../../shared/plan/helper-failure.ts';
import { fail, type Outcome, succeed } from '../../shared/plan/outcome.ts';
import type { Ruleset } from '../../shared/plan/ruleset.ts';
import { wholePlan } from '../../shared/plan/whole-plan.ts';
import { writeNft, writeRemoval } from '../../shared/plan/write-nft.ts';
import { readBootId } from './boot-id.ts';
import { settingsBefore, showPackets } from './bridge-netfilter.ts';
import { explainNftFailure, explainQueryFailure } from './kernel-failure.ts';
import { listMarkers } from './marker.ts';
import { holdForwarding } from './networks/forwarding.ts';
import { reconcileNetworks } from './networks/reconcile-networks.ts';
import type { InForce } from './snapshot.ts';
import type { Workspace } from './workspace.ts';

/** Brings what the state folder says is in force back into a kernel that has lost it: the rules in one transaction, then the networks. */
export async function restore(space: Workspace): Promise<Outcome<void, HelperFailure>> {
  const restored = await restoreRules(space);
  if (!restored.ok) return restored;
  const brought = await restoreNetworks(space);
  if (!brought.ok) return brought;
  const { sysctls, forwarding, boot } = space.store.inForce;
  if (boot !== readBootId()) space.store.hold(sysctls, forwarding, true);
  return succeed(undefined);
}

/** The rules alone, for an apply that is going to have other networks stand. */
export async function restoreRules(space: Workspace): Promise<Outcome<void, HelperFailure>> {
  const { store } = space;
  if (store.inForce.bridgeNetfilter) {
    const sysctls = settingsBefore(store.inForce.sysctls);
    store.hold(sysctls, store.inForce.forwarding, false);
    const shown = await showPackets(sysctls);
    if (!shown.ok) return shown;
  }
  return loadWhole(space, store.inForce, store.ruleset());
}

/** Brings back the networks on rules that stand. */
export async function restoreNetworks(space: Workspace): Promise<Outcome<void, HelperFailure>> {
  const { store } = space;
  if (store.setups.size === 0) return succeed(undefined);
  const { sysctls, forwarding: held, marker } = store.inForce;
  const forwarding = holdForwarding(held, store.setups);
  if (JSON.stringify(forwarding) !== JSON.stringify(held)) store.hold(sysctls, forwarding, false);
  return reconcileNetworks(space, {
    wanted: store.setups,
    changed: new Set(),
    known: [store.setups],
    forwarding,
    marker,
  });
}

/** Whether networks that should stand went with the last boot. */
export function hasLostNetworks({ status, store }: Pick<Workspace, 'status' | 'store'>): boolean {
  return store.setups.size > 0 && (status === 'lost' || store.inForce.boot !== readBootId());
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
