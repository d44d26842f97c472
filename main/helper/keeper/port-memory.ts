import { isDeepStrictEqual } from 'node:util';
import { isDeviceName } from '../../../shared/plan/device-name.ts';
import type { Places } from '../places.ts';
import { heldPorts } from './held-ports.ts';
import type { LinkJob } from './link-rounds.ts';
import { type ListedLink, listLinks } from './list-links.ts';
import { type Plugged, type PluggedPort, readPlugged, writePlugged } from './plugged-ports.ts';

type Listed = ReadonlyMap<string, ListedLink>;

/**
 * Remembers what others have plugged into the networks' bridges: the kernel lets a bridge's ports go and the bridge in one step, so whoever looks when it
 * has gone cannot tell any more what was in it.
 */
export function createPortMemory(places: Places): LinkJob {
  return {
    concerns: (wanted) => [...wanted.values()].some(({ link }) => link !== undefined),
    async work(wanted) {
      const links = await listLinks();
      if (links === undefined) return false;
      const closed = heldPorts(places, 'closed').read();
      const remembered = readPlugged(places);
      const plugged = new Map(Array.from(remembered, ([network, left]) => [network, stillLeft(left, links)] as const));
      for (const [network, { link }] of wanted) {
        const bridge = link && links.get(link.bridge);
        if (bridge === undefined || link === undefined) continue;
        const before = remembered.get(network);
        // Of a bridge that is new, what was in the old one is plugged in first.
        if (before !== undefined && before.bridge !== bridge.index) continue;
        plugged.set(network, { bridge: bridge.index, ports: portsIn(link.bridge, links, closed) });
      }
      const kept = new Map(Array.from(plugged).filter(([, { ports }]) => ports.length > 0));
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
