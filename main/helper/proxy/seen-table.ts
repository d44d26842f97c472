import * as z from 'zod';
import type { HelperFailure } from '../../../shared/plan/helper-failure.ts';
import { maxDepth } from '../../../shared/plan/limits.ts';
import type { NetworkSetup } from '../../../shared/plan/network-setup.ts';
import { type Outcome, succeed } from '../../../shared/plan/outcome.ts';
import { ownTable } from '../../../shared/plan/own-names.ts';
import { parseJson } from '../../../shared/plan/parse-json.ts';
import { runTextTool } from '../run-text-tool.ts';
import type { Report } from './parse-neighbour.ts';

/**
 * Where the kernel notes who sends IPv6 from the LAN's prefix on a bridge. Neighbour discovery does not tell it: a guest asks for nobody but the host,
 * and that by its link-local address. A table of its own, of a family that the plan's tables are not, and ahead of firewalld's check of reverse paths
 * (IPv6_rpfilter, priority -290), which lets a guest through once its route stands.
 */
const table = `ip6 ${ownTable}`;
const set = 'seen';
/** Of all lan networks; what is more than that waits until others are silent. */
const maxSeen = 1024;

const listingSchema = z.object({
  nftables: z.array(
    z.object({
      set: z.object({ elem: z.array(z.object({ elem: z.object({ val: z.unknown() }) })).optional() }).optional(),
    }),
  ),
});
const valueSchema = z.object({ concat: z.tuple([z.string(), z.string(), z.string()]) });

/** Has the kernel note guests of these networks. */
export function noteSeen(wanted: ReadonlyMap<string, NetworkSetup>): Promise<Outcome<void, HelperFailure>> {
  const rules = [...wanted.values()].flatMap(({ link, proxy }) => {
    if (link === undefined || proxy === undefined || !proxy.ipv6) return [];
    const subnets = proxy.subnets.filter((subnet) => subnet.includes(':'));
    return subnets.map(
      (subnet) =>
        `add rule ${table} ${set} iifname "${link.bridge}" ip6 saddr ${subnet} update @${set} { iifname . ether saddr . ip6 saddr }`,
    );
  });
  return runNft([
    `add table ${table}`,
    `delete table ${table}`,
    `add table ${table}`,
    `add set ${table} ${set} { type ifname . ether_addr . ipv6_addr; flags dynamic, timeout; timeout 5s; size ${maxSeen}; }`,
    `add chain ${table} ${set} { type filter hook prerouting priority -300; policy accept; }`,
    ...rules,
  ]);
}

export async function forgetSeen(): Promise<void> {
  await runNft([`add table ${table}`, `delete table ${table}`]);
}

/** The guests that have sent something in the last seconds, as if their neighbours had told of it. */
export async function readSeen(): Promise<readonly Report[]> {
  const listed = await runTextTool('nft', ['-j', 'list', 'set', ...table.split(' '), set]);
  return listed.ok ? parseSeen(listed.value) : [];
}

/** Reads what `nft -j list set` prints; what is not understood is left out. */
export function parseSeen(text: string): readonly Report[] {
  const listing = listingSchema.safeParse(parseJson(Buffer.from(text), maxDepth)?.value);
  if (!listing.success) return [];
  const elements = listing.data.nftables.flatMap((object) => object.set?.elem ?? []);
  return elements.flatMap(({ elem }) => {
    const value = valueSchema.safeParse(elem.val);
    if (!value.success) return [];
    const [device, mac, address] = value.data.concat;
    return [{ about: 'neighbour', address, device, mac, state: 'stale' } as const];
  });
}

async function runNft(lines: readonly string[]): Promise<Outcome<void, HelperFailure>> {
  const run = await runTextTool('nft', ['-f', '-'], lines.map((line) => `${line}\n`).join(''));
  return run.ok ? succeed(undefined) : run;
}
