import type { Setups } from '../../../shared/plan/fold-networks.ts';
import type { HelperFailure } from '../../../shared/plan/helper-failure.ts';
import type { NetworkSetup } from '../../../shared/plan/network-setup.ts';
import type { Links } from './observe-links.ts';
import { wantedDevices } from './wanted-devices.ts';

/** By network what of the host's is in its way: a device or an address that is not Guestward's. */
export function findConflicts(setups: Setups, links: Links): ReadonlyMap<string, HelperFailure> {
  const conflicts = new Map<string, HelperFailure>();
  for (const { network, device } of wantedDevices(setups)) {
    if (links.get(device)?.own === false) conflicts.set(network, { kind: 'device-taken', network, device });
  }
  const holders = new Map<string, string>();
  for (const [device, { own, addresses }] of links) {
    if (!own) for (const { address } of addresses) holders.set(address, device);
  }
  for (const [network, setup] of setups) {
    const conflict = conflictOf(network, setup, links, holders);
    if (conflict !== undefined) conflicts.set(network, conflict);
  }
  return conflicts;
}

function conflictOf(
  network: string,
  { addresses, proxy, hostBridge }: NetworkSetup,
  links: Links,
  holders: ReadonlyMap<string, string>,
): HelperFailure | undefined {
  if (hostBridge !== undefined && links.get(hostBridge)?.kind !== 'bridge') {
    return { kind: 'network-failed', network, step: 'links', message: `there is no bridge ${hostBridge}` };
  }
  // In mode lan the bridge may have the uplink's address too, so that guests find the host under the one that the LAN knows.
  if (proxy !== undefined) return undefined;
  for (const { address } of addresses) {
    const device = holders.get(address);
    if (device !== undefined) return { kind: 'address-taken', network, address, device };
  }
  return undefined;
}
