import type { HelperFailure } from '../../../shared/plan/helper-failure.ts';
import type { NetworkState } from '../../../shared/plan/helper-protocol.ts';
import { type Outcome, succeed } from '../../../shared/plan/outcome.ts';
import { listAllAccepts } from '../accepts/list-accepts.ts';
import { dnsmasqState } from '../dnsmasq/dnsmasq-state.ts';
import type { Workspace } from '../workspace.ts';
import { observeLinks } from './observe-links.ts';

/** How every started network does, by name. */
export async function readNetworkStates({
  places,
  store,
}: Pick<Workspace, 'places' | 'store'>): Promise<Outcome<Readonly<Record<string, NetworkState>>, HelperFailure>> {
  const links = await observeLinks();
  if (!links.ok) return links;
  const accepts = await listAllAccepts([...store.setups.keys()]);
  const states = Array.from(store.setups, ([network, setup]) => {
    const bridge = setup.link?.bridge ?? setup.hostBridge;
    const state: NetworkState = {
      // Nothing is made for a network of mode bridge that has no port of ours.
      bridgeUp: bridge === undefined || links.value.get(bridge)?.up === true,
      ...dnsmasqState(places, network, setup),
      accepts: accepts.get(network) ?? [],
    };
    return [network, state] as const;
  });
  return succeed(Object.fromEntries(states));
}
