import type { Setups } from '../../../shared/plan/fold-networks.ts';
import { describeHelperFailure, type HelperFailure } from '../../../shared/plan/helper-failure.ts';
import type { Outcome } from '../../../shared/plan/outcome.ts';
import { reconcileAccepts } from '../accepts/reconcile-accepts.ts';
import { log } from '../audit.ts';
import { reconcileDnsmasq } from '../dnsmasq/reconcile-dnsmasq.ts';
import { reconcileProxies } from '../proxy/reconcile-proxies.ts';
import type { NetworkSpace } from './network-space.ts';

/** What networks have beside their devices: DHCP and DNS, accepts in the host's own firewall, and a place on the LAN. */
export async function serveNetworks(
  { places }: NetworkSpace,
  wanted: Setups,
  changed: ReadonlySet<string>,
): Promise<Outcome<void, HelperFailure>> {
  const served = await reconcileDnsmasq(places, wanted, changed);
  if (!served.ok && !isOfAnother(served.failure, changed)) return served;
  if (!served.ok) log('warning', describeHelperFailure(served.failure));
  const accepted = await reconcileAccepts(wanted, places.run);
  return accepted.ok ? reconcileProxies(wanted, places) : accepted;
}

/** Whether the failure is of a network that stood before and that nobody has changed: no reason to refuse what is asked for. */
function isOfAnother(failure: HelperFailure, changed: ReadonlySet<string>): boolean {
  return failure.kind === 'dnsmasq-failed' && !changed.has(failure.network);
}
