import * as z from 'zod';
import { lateSchema } from '../../../shared/plan/late-schema.ts';
import { isOwnAlias } from '../networks/alias.ts';
import { queryTool } from '../networks/run-batch.ts';

export interface Port {
  readonly device: string;
  readonly index: number;
  readonly up: boolean;
  readonly isolated: boolean;
}

const listingSchema = lateSchema(() =>
  z.array(
    z.object({
      ifname: z.string(),
      ifindex: z.int(),
      flags: z.array(z.string()).default([]),
      ifalias: z.string().optional(),
      linkinfo: z.object({ info_slave_data: z.object({ isolated: z.boolean().default(false) }).optional() }).optional(),
    }),
  ),
);

/** Ports that others have plugged in: TAPs of ours are the helper's, which settles them before they are up. */
export async function portsOf(bridge: string): Promise<readonly Port[]> {
  // There is no such bridge where somebody has just deleted it.
  const printed = await queryTool('ip', ['-j', '-d', 'link', 'show', 'master', bridge]);
  const parsed = listingSchema.safeParse(printed.ok ? printed.value : []);
  if (!parsed.success) return [];
  return parsed.data
    .filter(({ ifalias }) => !isOwnAlias(ifalias))
    .map(({ ifname, ifindex, flags, linkinfo }) => ({
      device: ifname,
      index: ifindex,
      up: flags.includes('UP'),
      isolated: linkinfo?.info_slave_data?.isolated ?? false,
    }));
}
