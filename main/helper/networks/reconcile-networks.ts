import type { Setups } from '../../../shared/plan/fold-networks.ts';
import { describeHelperFailure, type HelperFailure } from '../../../shared/plan/helper-failure.ts';
import { fail, type Outcome, succeed } from '../../../shared/plan/outcome.ts';
import { log } from '../audit.ts';
import { ensureKeeper } from '../keeper/ensure-keeper.ts';
import type { HeldSysctls } from '../log-entry.ts';
import { addressLines } from './address-lines.ts';
import { setDevices } from './device-settings.ts';
import { findConflicts } from './find-conflicts.ts';
import { switchForwardingOn } from './forwarding.ts';
import { keptLinks, makingLines, removalLines, upLines } from './link-lines.ts';
import type { NetworkSpace } from './network-space.ts';
import { type Links, observeLinks } from './observe-links.ts';
import { type Plugging, plugNics } from './plug-nics.ts';
import { runBatch } from './run-batch.ts';
import { serveNetworks } from './serve-networks.ts';
import { readyIfbs, setBandwidth } from './set-bandwidth.ts';
import { setRoutes } from './set-routes.ts';
import { type WantedDevice, wantedDevices } from './wanted-devices.ts';

export interface Target {
  /** The networks that are to stand. */
  readonly wanted: Setups;
  /** Those of them without which all of it has failed; another that the host is in the way of is left as it is. */
  readonly changed: ReadonlySet<string>;
  /** Every state from which the kernel may have something. */
  readonly known: readonly Setups[];
  /** What was there before forwarding was switched on; null where nothing is to be forwarded. */
  readonly forwarding: HeldSysctls | null;
  /** What the kernel shows for the rules that stand then, null where there are none: they have to be looked after too. */
  readonly marker: string | null;
  /** NICs of others that go to another bridge. */
  readonly plugging?: Plugging;
}

/**
 * Brings it about that these networks stand and no others, from whatever stands: what is right is left alone, what can be changed is changed in
 * place. The rules that hold them stand already. `observed`: the devices, where somebody has looked just now.
 */
export async function reconcileNetworks(
  space: NetworkSpace,
  target: Target,
  observed?: Links,
): Promise<Outcome<void, HelperFailure>> {
  const looked = observed === undefined ? await observeLinks() : succeed(observed);
  if (!looked.ok) return looked;
  const links = looked.value;
  const able = withoutConflicts(target, links);
  if (!able.ok) return able;
  const wanted = able.value;
  const devices = wantedDevices(wanted);
  const linked = await standUp(space, { ...target, wanted }, devices, links);
  if (!linked.ok) return linked;
  const served = await serveNetworks(space, wanted, target.changed);
  if (!served.ok) return served;
  space.step('served');

  // A TAP comes up when all is ready for its guest; what goes, goes when nothing can fail any more, for with a bridge go its guests' places.
  // Before its old bridge may go, which would leave it in none.
  const woken = target.plugging === undefined ? succeed([]) : await plugNics(space, target.plugging);
  if (!woken.ok) return woken;
  const finished = await runBatch(space, 'ip', 'links', [
    ...upLines(devices, keptLinks(devices, links), 'ports'),
    ...removalLines(wantedDevices(target.wanted), links),
  ]);
  if (!finished.ok) return finished;
  space.step('links-removed');
  const kept = await ensureKeeper(space.places, wanted, target.marker !== null);
  // The keeper knows by now whose filter stands, and lets them be.
  return kept.ok ? runBatch(space, 'ip', 'plugging', woken.value) : kept;
}

function withoutConflicts({ wanted, changed }: Target, links: Links): Outcome<Setups, HelperFailure> {
  const conflicts = findConflicts(wanted, links);
  for (const [network, failure] of conflicts) {
    if (changed.has(network)) return fail(failure);
    log('warning', describeHelperFailure(failure));
  }
  return succeed(new Map(Array.from(wanted).filter(([network]) => !conflicts.has(network))));
}

/** Devices with all that the kernel knows of them. */
async function standUp(
  space: NetworkSpace,
  { wanted, known, forwarding }: Target,
  devices: readonly WantedDevice[],
  links: Links,
): Promise<Outcome<void, HelperFailure>> {
  const kept = keptLinks(devices, links);
  await readyIfbs(links, devices);
  const made = await runBatch(space, 'ip', 'links', makingLines(devices, links, known));
  if (!made.ok) return made;
  space.step('links-made');
  const forwarded = switchForwardingOn(forwarding);
  if (!forwarded.ok) return forwarded;
  const set = setDevices(devices, wanted);
  if (!set.ok) return set;
  space.step('forwarding-on');

  const addressed = await runBatch(space, 'ip', 'addresses', [
    ...upLines(devices, kept, 'others'),
    ...addressLines(wanted, known, kept),
  ]);
  if (!addressed.ok) return addressed;
  const routed = await setRoutes(space, wanted, known);
  if (!routed.ok) return routed;
  const shaped = await setBandwidth(space, wanted, known, (device) => !kept.has(device));
  if (!shaped.ok) return shaped;
  space.step('addresses-set');
  return succeed(undefined);
}
