import type { Places } from '../places.ts';
import { type HeldPorts, heldPorts } from './held-ports.ts';
import type { Wanted } from './keeper-files.ts';
import type { LinkJob } from './link-rounds.ts';
import { portsOf } from './ports-of.ts';
import { setPort } from './set-port.ts';

/**
 * Keeps down what others plug into a bridge whose NICs are all to be filtered, until it has a filter. Down is what every kernel knows: it takes no frame
 * from the guest and gives it none.
 */
export function createPortCloser(places: Places): LinkJob {
  const held = heldPorts(places, 'closed');
  return {
    concerns: (wanted) => [...wanted.values()].some(({ admits }) => admits !== undefined) || held.read().size > 0,
    work: (wanted) => closePorts(held, wanted),
  };
}

/** False where it could not be done for every port. */
async function closePorts(ours: HeldPorts, wanted: Wanted): Promise<boolean> {
  const held = ours.read();
  const standing = new Set<number>();
  let isDone = true;
  for (const { link, admits } of wanted.values()) {
    if (link === undefined || (admits === undefined && held.size === 0)) continue;
    for (const port of await portsOf(link.bridge)) {
      standing.add(port.index);
      const isClosed = admits !== undefined && !admits.includes(port.device);
      if (isClosed && port.up) {
        // Written down first: what is ours to undo must not be forgotten.
        ours.write(held.add(port.index));
        if (!(await setPort(port.device, 'down'))) isDone = false;
      } else if (!isClosed && held.has(port.index)) {
        if (!(await setPort(port.device, 'up'))) isDone = false;
        else if (held.delete(port.index)) ours.write(held);
      }
    }
  }
  // What was unplugged is with whoever did that.
  const left = new Set([...held].filter((index) => standing.has(index)));
  if (left.size < held.size) ours.write(left);
  return isDone;
}
