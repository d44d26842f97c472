import { describeHelperFailure } from '../../shared/plan/helper-failure.ts';
import { log } from './audit.ts';
import { isNetworkOnDisk } from './definition-files.ts';
import { forgetStrayLeases } from './dnsmasq/forget-stray-leases.ts';
import { keepRules } from './keeper/ensure-keeper.ts';
import type { Workspace } from './workspace.ts';

/**
 * What an apply leaves for when nobody waits for it: definitions go into their files, a long log into a snapshot, and leases of networks that are
 * no more go; and whoever looks after the rules is started. Until then definitions stand in the log, which every reading takes into account; where it fails, the next helper does it.
 */
export async function tidyUp({ store, step, places, hasWritten }: Workspace): Promise<void> {
  try {
    store.fileDefinitions();
    step('filed');
    forgetStrayLeases(places, (network) => store.setups.has(network) || isNetworkOnDisk(places.state, network));
    store.compact();
    if (!hasWritten) return;
    const kept = await keepRules(places, store.inForce.marker !== null);
    if (!kept.ok) log('warning', `nobody looks after the rules: ${describeHelperFailure(kept.failure)}`);
  } catch (error) {
    log('warning', `the state folder could not be tidied up: ${String(error)}`);
  }
}
