import * as z from 'zod';
import type { HelperFailure } from '../../../shared/plan/helper-failure.ts';
import { lateSchema } from '../../../shared/plan/late-schema.ts';
import { fail, type Outcome, succeed } from '../../../shared/plan/outcome.ts';
import { isOwnAlias } from './alias.ts';
import { queryTool } from './run-batch.ts';

export interface Link {
  readonly kind: string;
  readonly alias: string | undefined;
  /** Of Guestward's making. */
  readonly own: boolean;
  readonly mac: string;
  readonly mtu: number;
  readonly up: boolean;
  readonly master: string | undefined;
  readonly isolated: boolean;
  readonly stp: boolean;
  /** Hundredths of a second. */
  readonly forwardDelay: number;
  readonly vlanFiltering: boolean;
  readonly addresses: readonly { readonly address: string; readonly prefix: number; readonly prefixRoute: boolean }[];
}

/** Devices by name. */
export type Links = ReadonlyMap<string, Link>;

const listing = lateSchema(() =>
  z.array(
    z.object({
      ifname: z.string().optional(),
      flags: z.array(z.string()).default([]),
      mtu: z.number().default(0),
      address: z.string().default(''),
      master: z.string().optional(),
      ifalias: z.string().optional(),
      linkinfo: z
        .object({
          info_kind: z.string().default(''),
          info_data: z
            .object({
              stp_state: z.number().default(0),
              forward_delay: z.number().default(0),
              vlan_filtering: z.number().default(0),
            })
            .optional(),
          info_slave_data: z.object({ isolated: z.boolean().default(false) }).optional(),
        })
        .optional(),
      addr_info: z
        .array(
          z.object({
            local: z.string().optional(),
            prefixlen: z.number().default(0),
            noprefixroute: z.boolean().default(false),
          }),
        )
        .default([]),
    }),
  ),
);

/** All devices of this network namespace with their addresses, in one call of ip(8). */
export async function observeLinks(): Promise<Outcome<Links, HelperFailure>> {
  const printed = await queryTool('ip', ['-j', '-d', 'address', 'show']);
  if (!printed.ok) return printed;
  const parsed = listing.safeParse(printed.value);
  if (parsed.success) return succeed(new Map(parsed.data.flatMap(readLink)));
  return fail({ kind: 'tool-failed', program: 'ip', message: 'what it prints of devices is not understood' });
}

function readLink(printed: z.infer<typeof listing>[number]): readonly (readonly [string, Link])[] {
  const { ifname, linkinfo, ifalias } = printed;
  if (ifname === undefined) return [];
  const bridge = linkinfo?.info_data;
  const link: Link = {
    kind: linkinfo?.info_kind ?? '',
    alias: ifalias,
    own: isOwnAlias(ifalias),
    mac: printed.address,
    mtu: printed.mtu,
    up: printed.flags.includes('UP'),
    master: printed.master,
    isolated: linkinfo?.info_slave_data?.isolated ?? false,
    stp: (bridge?.stp_state ?? 0) !== 0,
    forwardDelay: bridge?.forward_delay ?? 0,
    vlanFiltering: (bridge?.vlan_filtering ?? 0) !== 0,
    addresses: printed.addr_info.flatMap(({ local, prefixlen, noprefixroute }) =>
      local === undefined ? [] : [{ address: local, prefix: prefixlen, prefixRoute: !noprefixroute }],
    ),
  };
  return [[ifname, link]];
}
