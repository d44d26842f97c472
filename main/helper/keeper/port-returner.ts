import { isDeepStrictEqual } from 'node:util';
import { isDeviceName } from '../../../shared/plan/device-name.ts';
import type { NetworkSetup } from '../../../shared/plan/network-setup.ts';
import { guestKinds } from '../networks/guest-kinds.ts';
import type { Places } from '../places.ts';
import { type HeldPorts, heldPorts } from './held-ports.ts';
import type { LinkJob } from './link-rounds.ts';
import { type ListedLink, listLinks } from './list-links.ts';
import { type Plugged, type PluggedPort, readPlugged, writePlugged } from './plugged-ports.ts';
import { setPort } from './set-port.ts';

type Listed = ReadonlyMap<string, ListedLink>;

/** Ports that the keeper has done something to, by what. */
interface Held {
  readonly isolated: HeldPorts;
  readonly closed: HeldPorts;
}

/**
 * Remembers what others have plugged into the networks' bridges, and plugs it into a bridge that is made anew: their hypervisors would do so at the
 * guests' next start only. The kernel lets a bridge's ports go and the bridge in one step, so whoever looks when it has gone cannot tell any more what
 * was in it. What is elsewhere by now is let be, and so is another device of that name. To be done before what else sees to ports.
 */
export function createPortReturner(places: Places): LinkJob {
  const held: Held = { isolated: heldPorts(places, 'isolated'), closed: heldPorts(places, 'closed') };
  return {
    concerns: (wanted) => [...wanted.values()].some(({ link }) => link !== undefined),
    async work(wanted) {
      const links = await listLinks();
      if (links === undefined) return false;
      const remembered = readPlugged(places);
      const plugged = new Map(Array.from(remembered, ([network, left]) => [network, stillLeft(left, links)] as const));
      for (const [network, setup] of wanted) {
        const bridge = setup.link && links.get(setup.link.bridge);
        if (bridge === undefined || setup.link === undefined) continue;
        const before = remembered.get(network);
        const left = plugged.get(network)?.ports ?? [];
        const isAnew = before !== undefined && before.bridge !== bridge.index;
        if (isAnew) for (const port of left) await plugIn(port, setup, held);
        // News of those that were plugged in is on its way.
        plugged.set(network, {
          bridge: bridge.index,
          ports: isAnew ? left : portsIn(setup.link.bridge, links, held.closed.read()),
        });
      }
      const kept = new Map(Array.from(plugged).filter(([, { ports }]) => ports.length > 0));
      // Written when all is done: whoever is ended on the way is followed by one that begins again.
      if (!isDeepStrictEqual(kept, remembered)) writePlugged(places, kept);
      return true;
    },
  };
}

function portsIn(bridge: string, links: Listed, closed: ReadonlySet<number>): readonly PluggedPort[] {
  return Array.from(links).flatMap(([device, { index, master, own }]) =>
    master === bridge && !own && isDeviceName(device) ? [{ device, index, closed: closed.has(index) }] : [],
  );
}

/** What was left without a bridge and still is; what is in another one by now belongs there. */
function stillLeft({ bridge, ports }: Plugged, links: Listed): Plugged {
  const isLeft = ({ device, index }: PluggedPort) => {
    const link = links.get(device);
    return link?.index === index && link.master === undefined;
  };
  return { bridge, ports: ports.filter(isLeft) };
}

/**
 * Silent until it is what it has to be there. One that is to be up is held as closed, and so what closes ports opens it where it may be open, also when the
 * keeper is ended on the way. One that has gone meanwhile is its hypervisor's affair.
 */
async function plugIn({ device, index, closed }: PluggedPort, { link }: NetworkSetup, held: Held): Promise<void> {
  const found = (await listLinks(['-d'], ['dev', device]))?.get(device);
  if (link === undefined || found?.index !== index || found.own || !guestKinds.has(found.kind)) return;
  // Written down first: what is ours to undo must not be forgotten.
  if (link.isolated === true) held.isolated.write(held.isolated.read().add(index));
  if (found.up || closed) held.closed.write(held.closed.read().add(index));
  const steps = [
    ['down'],
    ['master', link.bridge],
    ...(link.isolated === true ? [['type', 'bridge_slave', 'isolated', 'on']] : []),
  ];
  for (const step of steps) if (!(await setPort(device, ...step))) return;
}
