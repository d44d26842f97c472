import type { Setups } from '../../../shared/plan/fold-networks.ts';
import type { HelperFailure } from '../../../shared/plan/helper-failure.ts';
import { fail, type Outcome } from '../../../shared/plan/outcome.ts';
import { refuseDnsmasq } from '../dnsmasq/reconcile-dnsmasq.ts';
import type { Places } from '../places.ts';
import { findConflicts } from './find-conflicts.ts';
import { type Links, observeLinks } from './observe-links.ts';

/** Finds out, without changing anything, whether the changed ones of these networks can stand on this host; returns its devices. */
export async function tryNetworks(
  places: Places,
  wanted: Setups,
  changed: ReadonlySet<string>,
): Promise<Outcome<Links, HelperFailure>> {
  for (const [network, setup] of wanted) {
    const refused = changed.has(network) ? refuseDnsmasq(places, network, setup) : undefined;
    if (refused !== undefined) return fail(refused);
  }
  const links = await observeLinks();
  if (!links.ok) return links;
  const conflicts = findConflicts(wanted, links.value);
  const failure = Array.from(conflicts).find(([network]) => changed.has(network))?.[1];
  return failure === undefined ? links : fail(failure);
}
