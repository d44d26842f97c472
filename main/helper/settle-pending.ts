import { foldNetworks } from '../../shared/plan/fold-networks.ts';
import { describeHelperFailure } from '../../shared/plan/helper-failure.ts';
import { turnedPlugs } from '../../shared/plan/plug.ts';
import { log } from './audit.ts';
import { readBootId } from './boot-id.ts';
import { putBack } from './bridge-netfilter.ts';
import { putForwardingBack } from './networks/forwarding.ts';
import type { NetworkSpace } from './networks/network-space.ts';
import { reconcileNetworks } from './networks/reconcile-networks.ts';
import type { Store } from './store.ts';

/**
 * Finds out what became of the transaction that the last helper had begun, and has the networks follow it. It is in the kernel wholly or not at
 * all. After a reboot the kernel knows nothing of it, and its verdict may not have come to the disk; it had been tried, so it counts as done. So
 * does one that leaves nothing in the kernel, where nothing is found there.
 */
export async function settlePending(
  space: NetworkSpace,
  store: Store,
  newest: string | undefined,
): Promise<'finished' | 'dropped' | undefined> {
  const { pending, inForce } = store;
  if (pending === null) return undefined;
  const isThisBoot = pending.boot === readBootId();
  const isDone = newest === undefined ? pending.marker === null || !isThisBoot : newest === pending.marker;
  const { forwarding = null, silenced = [] } = pending;
  const { plugs } = pending.plan;
  if (isThisBoot && pending.plan.networks !== undefined) {
    const [old, changed] = [store.setups, foldNetworks(store.setups, pending.plan.networks)];
    const settled = await reconcileNetworks(space, {
      wanted: isDone ? changed : old,
      changed: new Set(),
      known: [old, changed],
      forwarding: isDone ? forwarding : inForce.forwarding,
      marker: (isDone ? pending : inForce).marker,
      ...(plugs !== undefined && {
        plugging: { plugs: isDone ? plugs : turnedPlugs(plugs), silenced, isExact: false },
      }),
    });
    // The helper must stay of use: the networks' states show what is missing, and the next change to one tries again.
    if (!settled.ok) log('error', `networks after an interrupted change: ${describeHelperFailure(settled.failure)}`);
  }
  const [kept, left] = isDone ? [pending, inForce] : [inForce, pending];
  if (kept.sysctls === null) putBack(left.sysctls);
  await putForwardingBack(left.forwarding ?? null, kept.forwarding ?? null);
  if (isDone) store.done();
  else store.drop();
  return isDone ? 'finished' : 'dropped';
}
