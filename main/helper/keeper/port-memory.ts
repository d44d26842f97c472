import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { lateSchema } from '../../../shared/plan/late-schema.ts';
import { isOwnAlias } from '../networks/alias.ts';
import { type PluggedPort, readPlugged, writePlugged } from '../networks/plugged-ports.ts';
import { queryTool } from '../networks/run-batch.ts';
import type { Places } from '../places.ts';
import type { LinkJob } from './link-rounds.ts';

const listingSchema = lateSchema(() =>
  z.array(
    z.object({
      ifname: z.string(),
      ifindex: z.int(),
      master: z.string().optional(),
      ifalias: z.string().optional(),
    }),
  ),
);

/**
 * Remembers what others have plugged into the networks' bridges: the kernel lets a bridge's ports go and the bridge in one step, so whoever looks when it
 * has gone cannot tell any more what was in it.
 */
export function createPortMemory(places: Places): LinkJob {
  return {
    concerns: (wanted) => [...wanted.values()].some(({ link }) => link !== undefined),
    async work(wanted) {
      const printed = await queryTool('ip', ['-j', 'link', 'show']);
      const parsed = listingSchema.safeParse(printed.ok ? printed.value : undefined);
      if (!parsed.success) return false;
      const links = new Map(parsed.data.map((each) => [each.ifname, each]));
      const remembered = readPlugged(places);
      // Of a network that is stopped, what was in it while that is still there.
      const ports = new Map(
        Array.from(remembered, ([network, before]): [string, PluggedPort[]] => [
          network,
          before.filter(({ device, index }) => links.get(device)?.ifindex === index),
        ]),
      );
      for (const [network, { link }] of wanted) {
        if (link === undefined || !links.has(link.bridge)) continue;
        const inIt = parsed.data.filter(({ master, ifalias }) => master === link.bridge && !isOwnAlias(ifalias));
        ports.set(
          network,
          inIt.map(({ ifname, ifindex }) => ({ device: ifname, index: ifindex })),
        );
      }
      const kept = new Map(Array.from(ports).filter(([, each]) => each.length > 0));
      if (!isDeepStrictEqual(kept, remembered)) writePlugged(places, kept);
      return true;
    },
  };
}
