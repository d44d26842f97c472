import type { HelperFailure } from '../../../shared/plan/helper-failure.ts';
import { fail, type Outcome, succeed } from '../../../shared/plan/outcome.ts';
import type { Plug } from '../../../shared/plan/plug.ts';
import { guestKinds } from './guest-kinds.ts';
import type { NetworkSpace } from './network-space.ts';
import { type Links, observeLinks } from './observe-links.ts';
import { type Line, runBatch } from './run-batch.ts';

/** NICs of others that are to be in other bridges than they are. */
export interface Plugging {
  readonly plugs: readonly Plug[];
  /** Those that were up, and are silent until they are there. */
  readonly silenced: readonly string[];
  /** Whether one that is elsewhere fails all of it; else it is left to whoever has put it there. */
  readonly isExact: boolean;
}

const placeOf = (bridge: string | undefined): string => (bridge === undefined ? 'no bridge' : `the bridge ${bridge}`);

/** Why a NIC cannot be moved so. The host's own cable is no guest, and a bridge without our alias is none of ours to plug into. */
function refusal({ device, from, to }: Plug, links: Links): string | undefined {
  const link = links.get(device);
  if (link === undefined) return 'is not there';
  if (link.own) return "is of Guestward's own making";
  if (!guestKinds.has(link.kind)) return 'is neither a TAP nor a veth';
  if (link.master !== from) return `is in ${placeOf(link.master)}, not in ${placeOf(from)}`;
  if (from === undefined && link.kind === 'veth') return 'is a veth in no bridge, and those are not of guests';
  for (const bridge of [from, to])
    if (bridge !== undefined && links.get(bridge)?.own === false)
      return `would need ${bridge}, which is not of Guestward's making`;
  return undefined;
}

export function refusePlugs(plugs: readonly Plug[], links: Links): HelperFailure | undefined {
  for (const plug of plugs) {
    const message = refusal(plug, links);
    if (message !== undefined) return { kind: 'nic-elsewhere', device: plug.device, message };
  }
  return undefined;
}

/** Those that can be moved as they stand. */
export const standingPlugs = (plugs: readonly Plug[], links: Links): Plug[] =>
  plugs.filter((plug) => refusal(plug, links) === undefined);

export const upNics = (plugs: readonly Plug[], links: Links): readonly string[] =>
  plugs.flatMap(({ device }) => (links.get(device)?.up === true ? [device] : []));

/**
 * Between two networks a NIC says and hears nothing: the rules that hold it are those of the new network before it is there, which may be none, or the
 * old ones while it still is.
 */
export const silencingLines = (devices: readonly string[]): readonly Line[] =>
  devices.map((device) => ({ network: '', text: `link set dev ${device} down` }));

/** Plugs them, still silent; returns what lets them speak again. */
export async function plugNics(
  space: NetworkSpace,
  { plugs, silenced, isExact }: Plugging,
): Promise<Outcome<readonly Line[], HelperFailure>> {
  // Looked at anew: others plug too, and what has gone meanwhile is theirs.
  const looked = await observeLinks();
  if (!looked.ok) return looked;
  const links = looked.value;
  const refused = isExact ? refusePlugs(plugs, links) : undefined;
  if (refused !== undefined) return fail(refused);
  const able = standingPlugs(plugs, links).filter(({ to }) => isExact || to === undefined || links.has(to));
  const lines = able.map(({ device, to }) => ({
    network: '',
    text: `link set dev ${device} ${to === undefined ? 'nomaster' : `master ${to}`}`,
  }));
  const plugged = await runBatch(space, 'ip', 'plugging', lines);
  if (!plugged.ok) return plugged;
  space.step('nics-plugged');
  const there = silenced.filter((device) => links.get(device)?.own === false);
  return succeed(there.map((device) => ({ network: '', text: `link set dev ${device} up` })));
}
