import type { Engine } from '../../engine/engine.ts';
import type { Result } from '../cli-failure.ts';
import type { NetworksView } from '../print/network-status.ts';
import { statusJson, statusText } from '../print/status-text.ts';
import type { Verb } from '../verb.ts';
import { withEngine } from '../with-engine.ts';

/** How the networks do, and who has their addresses too, as things are now. */
async function lookAtNetworks(engine: Engine): Promise<Result<NetworksView>> {
  const { workspace } = engine;
  const networks = [...workspace.networks.values()];
  if (networks.length === 0) return { ok: true, value: { workspace, states: {}, overlaps: [], leases: {} } };
  const found = await engine.networkStates();
  if (!found.ok) return found;
  const [{ findOverlaps }, { hostNetworks }, { heldLeases }] = await Promise.all([
    import('../../networks/choose/find-overlaps.ts'),
    import('../../engine/host.ts'),
    import('../../networks/leases/held-leases.ts'),
  ]);
  const live = networks.flatMap((stored) => (stored.live === undefined ? [] : [stored.live.document]));
  const leases = live.map((document): [string, number] => [
    document.name,
    // A guest may have an address of either family.
    new Set(
      heldLeases(document, found.value[document.name], Date.now() / 1000).map(
        ({ mac, clientId, address }) => mac ?? clientId ?? address,
      ),
    ).size,
  ]);
  const overlaps = findOverlaps(hostNetworks(), live);
  return { ok: true, value: { workspace, states: found.value, overlaps, leases: Object.fromEntries(leases) } };
}

export const status: Verb = {
  name: 'status',
  summary: 'what is in force, on which NICs and networks, and what it has dropped',
  description:
    'Show the backend and why it was chosen, what the kernel can do, the NICs with their filters, what each rule has dropped, and the networks: how their bridges and dnsmasq do, and who else has their addresses.',
  run: (call) =>
    withEngine(call, async (engine) => {
      const headline = 'Failed to look at what is in force';
      const found = await engine.status();
      if (!found.ok) return { ...found, headline };
      const networks = await lookAtNetworks(engine);
      if (!networks.ok) return { ...networks, headline };
      const [{ devicePlaces, guestLinks }, { waitingNics }] = await Promise.all([
        import('../../engine/host.ts'),
        import('../../engine/networks/waiting-nics.ts'),
      ]);
      const { workspace, healings } = engine;
      const waiting = workspace.networks.size === 0 ? [] : waitingNics(workspace, guestLinks());
      const view = {
        workspace,
        waiting,
        status: found.value,
        places: devicePlaces(),
        networks: networks.value,
        healings,
      };
      return { ok: true, text: statusText(view), json: statusJson(view) };
    }),
};
