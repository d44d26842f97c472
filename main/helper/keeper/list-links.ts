import * as z from 'zod';
import { lateSchema } from '../../../shared/plan/late-schema.ts';
import { isOwnAlias } from '../networks/alias.ts';
import { queryTool } from '../networks/run-batch.ts';

/** A device as far as ip(8) tells of it without details, which for a thousand TAPs are many. */
export interface ListedLink {
  readonly index: number;
  readonly up: boolean;
  readonly own: boolean;
  readonly master: string | undefined;
}

const listingSchema = lateSchema(() =>
  z.array(
    z.object({
      ifname: z.string(),
      ifindex: z.int(),
      flags: z.array(z.string()).default([]),
      master: z.string().optional(),
      ifalias: z.string().optional(),
    }),
  ),
);

/** All devices by name; undefined where they cannot be had. */
export async function listLinks(): Promise<ReadonlyMap<string, ListedLink> | undefined> {
  const printed = await queryTool('ip', ['-j', 'link', 'show']);
  const parsed = listingSchema.safeParse(printed.ok ? printed.value : undefined);
  if (!parsed.success) return undefined;
  return new Map(
    parsed.data.map(({ ifname, ifindex, flags, master, ifalias }) => [
      ifname,
      { index: ifindex, up: flags.includes('UP'), own: isOwnAlias(ifalias), master },
    ]),
  );
}
