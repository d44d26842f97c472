import * as z from 'zod';
import { lateSchema } from '../../../shared/plan/late-schema.ts';
import { isOwnAlias } from '../networks/alias.ts';
import { queryTool } from '../networks/run-batch.ts';

/** A device as ip(8) tells of it. */
export interface ListedLink {
  readonly index: number;
  readonly up: boolean;
  /** Of Guestward's making. */
  readonly own: boolean;
  readonly master: string | undefined;
  /** What only `-d` tells, which for a thousand TAPs is much; else empty and false. */
  readonly kind: string;
  readonly isolated: boolean;
}

const listingSchema = lateSchema(() =>
  z.array(
    z.object({
      ifname: z.string(),
      ifindex: z.int(),
      flags: z.array(z.string()).default([]),
      master: z.string().optional(),
      ifalias: z.string().optional(),
      linkinfo: z
        .object({
          info_kind: z.string().default(''),
          info_slave_data: z.object({ isolated: z.boolean().default(false) }).optional(),
        })
        .optional(),
    }),
  ),
);

/** Devices by name, all or those that `ip link show` is asked for; undefined where they cannot be had. */
export async function listLinks(
  options: readonly '-d'[] = [],
  which: readonly string[] = [],
): Promise<ReadonlyMap<string, ListedLink> | undefined> {
  const printed = await queryTool('ip', ['-j', ...options, 'link', 'show', ...which]);
  const parsed = listingSchema.safeParse(printed.ok ? printed.value : undefined);
  if (!parsed.success) return undefined;
  return new Map(
    parsed.data.map(({ ifname, ifindex, flags, master, ifalias, linkinfo }) => [
      ifname,
      {
        index: ifindex,
        up: flags.includes('UP'),
        own: isOwnAlias(ifalias),
        master,
        kind: linkinfo?.info_kind ?? '',
        isolated: linkinfo?.info_slave_data?.isolated ?? false,
      },
    ]),
  );
}
