import type { Places } from '../places.ts';
import { type HeldPorts, heldPorts } from './held-ports.ts';
import type { Wanted } from './keeper-files.ts';
import type { LinkJob } from './link-rounds.ts';
import { portsOf } from './ports-of.ts';
import { setPort } from './set-port.ts';

/**
 * Isolates every port of a bridge whose guests are to be kept apart, however it came there (BR_ISOLATED: the kernel passes nothing from one such port
 * to another).
 */
export function createPortIsolator(places: Places): LinkJob {
  const held = heldPorts(places, 'isolated');
  return {
    concerns: (wanted) => [...wanted.values()].some(({ link }) => link?.isolated === true) || held.read().size > 0,
    work: (wanted) => isolatePorts(held, wanted),
  };
}

/** False where it could not be done for every port. */
async function isolatePorts(ours: HeldPorts, wanted: Wanted): Promise<boolean> {
  const held = ours.read();
  const standing = new Set<number>();
  let isDone = true;
  for (const { link } of wanted.values()) {
    if (link === undefined || (link.isolated !== true && held.size === 0)) continue;
    const { bridge, isolated = false } = link;
    for (const port of await portsOf(bridge)) {
      standing.add(port.index);
      if (port.isolated === isolated || (!isolated && !held.has(port.index))) continue;
      // Written down first: what is ours to undo must not be forgotten.
      if (isolated) ours.write(held.add(port.index));
      if (!(await setPort(port.device, 'type', 'bridge_slave', 'isolated', isolated ? 'on' : 'off'))) isDone = false;
      else if (!isolated && held.delete(port.index)) ours.write(held);
    }
  }
  // A port that was unplugged has lost the setting.
  const left = new Set([...held].filter((index) => standing.has(index)));
  if (left.size < held.size) ours.write(left);
  return isDone;
}
