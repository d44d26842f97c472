import * as z from 'zod';
import { lateSchema } from '../../../shared/plan/late-schema.ts';
import type { NetworkSetup } from '../../../shared/plan/network-setup.ts';
import { guestKinds } from '../networks/guest-kinds.ts';
import { queryTool } from '../networks/run-batch.ts';
import type { Places } from '../places.ts';
import { runTool } from '../run-tool.ts';
import { findTool } from '../tools.ts';
import { type HeldPorts, heldPorts } from './held-ports.ts';
import type { LinkJob } from './link-rounds.ts';
import { listLinks } from './list-links.ts';
import { type PluggedPort, readPlugged, writePlugged } from './plugged-ports.ts';

/**
 * Plugs into a bridge that was made anew what others had plugged into the one before it: their hypervisors would do so at the guests' next start only.
 * What is elsewhere by now is let be, and so is another device of that name. It is done before what sees to ports, and remembered last.
 */
export function createPortReturner(places: Places): LinkJob {
  const held = { isolated: heldPorts(places, 'isolated'), closed: heldPorts(places, 'closed') };
  return {
    concerns: (wanted) => [...wanted.values()].some(({ link }) => link !== undefined),
    async work(wanted) {
      const plugged = new Map(readPlugged(places));
      const due = Array.from(wanted).filter(([network]) => plugged.has(network));
      if (due.length === 0) return true;
      const links = await listLinks();
      if (links === undefined) return false;
      for (const [network, setup] of due) {
        const before = plugged.get(network);
        const bridge = setup.link && links.get(setup.link.bridge);
        if (before === undefined || bridge === undefined || before.bridge === bridge.index) continue;
        for (const port of before.ports) {
          const link = links.get(port.device);
          if (link?.index !== port.index || link.master !== undefined || link.own) continue;
          if (await isGuests(port)) await plugIn(port, link.up || port.closed, setup, held);
        }
        // Written when it is done: whoever is ended on the way is followed by one that begins again.
        plugged.set(network, { ...before, bridge: bridge.index });
        writePlugged(places, plugged);
      }
      return true;
    },
  };
}

interface Held {
  readonly isolated: HeldPorts;
  readonly closed: HeldPorts;
}

const kindSchema = lateSchema(() =>
  z.array(z.object({ ifindex: z.int(), linkinfo: z.object({ info_kind: z.string() }).optional() })),
);

async function isGuests({ device, index }: PluggedPort): Promise<boolean> {
  const printed = await queryTool('ip', ['-j', '-d', 'link', 'show', 'dev', device]);
  const parsed = kindSchema.safeParse(printed.ok ? printed.value : []);
  const [link] = parsed.success ? parsed.data : [];
  return link?.ifindex === index && guestKinds.has(link.linkinfo?.info_kind ?? '');
}

/** Silent until it is what it has to be there: isolated, or filtered. */
async function plugIn(
  { device, index }: PluggedPort,
  isToBeUp: boolean,
  { link, admits }: NetworkSetup,
  held: Held,
): Promise<void> {
  if (link === undefined) return;
  const isClosed = admits !== undefined && !admits.includes(device);
  // Written down first: what is ours to undo must not be forgotten.
  if (link.isolated === true) held.isolated.write(held.isolated.read().add(index));
  if (isClosed && isToBeUp) held.closed.write(held.closed.read().add(index));
  const steps = [
    ['down'],
    ['master', link.bridge],
    ...(link.isolated === true ? [['type', 'bridge_slave', 'isolated', 'on']] : []),
    ...(isToBeUp && !isClosed ? [['up']] : []),
  ];
  // It may have gone meanwhile, which is its hypervisor's affair.
  for (const step of steps) if (!(await set(device, step))) return;
}

/** The name of a device is anybody's choice: it is an argument of its own. */
async function set(device: string, what: readonly string[]): Promise<boolean> {
  const ip = findTool('ip');
  return ip.ok && (await runTool(ip.value, ['link', 'set', 'dev', device, ...what])).status === 0;
}
