import type { Setups } from '../../../shared/plan/fold-networks.ts';
import { guestKinds } from './guest-kinds.ts';
import type { Links } from './observe-links.ts';
import type { PluggedPorts } from './plugged-ports.ts';
import type { Line } from './run-batch.ts';

/**
 * Plugs into a bridge that is made anew what was in it before. A bridge that goes leaves its ports in none, and their hypervisors plug them in again at
 * their guests' next start only. What is elsewhere by now is let be, and so is another device of that name.
 *
 * @param links what there was before the bridges were made
 */
export function returningLines(plugged: PluggedPorts, wanted: Setups, links: Links): readonly Line[] {
  return Array.from(wanted).flatMap(([network, { link }]) => {
    if (link === undefined || links.has(link.bridge)) return [];
    return (plugged.get(network) ?? [])
      .filter(({ device, index }) => {
        const found = links.get(device);
        return found?.index === index && found.master === undefined && !found.own && guestKinds.has(found.kind);
      })
      .map(({ device }) => ({ network, text: `link set dev ${device} master ${link.bridge}` }));
  });
}
