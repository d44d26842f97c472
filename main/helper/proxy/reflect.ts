import { join } from 'node:path';
import * as z from 'zod';
import type { HelperFailure } from '../../../shared/plan/helper-failure.ts';
import { lateSchema } from '../../../shared/plan/late-schema.ts';
import { maxDepth } from '../../../shared/plan/limits.ts';
import type { NetworkSetup } from '../../../shared/plan/network-setup.ts';
import { type Outcome, succeed } from '../../../shared/plan/outcome.ts';
import { parseJson } from '../../../shared/plan/parse-json.ts';
import { queryTool } from '../networks/run-batch.ts';
import { readRootFile, removeRootFile, replaceRootFile } from '../root-file.ts';
import { runTextTool } from '../run-text-tool.ts';
import { runIp } from './proxy-objects.ts';
import { type Reflected, reflectRules } from './reflect-rules.ts';

/** 224.0.0.251 and ff02::fb as they are on the wire (RFC 1112, section 6.4; RFC 2464, section 7): a NIC passes on only groups that it was told. */
const groups = ['01:00:5e:00:00:fb', '33:33:00:00:00:fb'] as const;

const linksSchema = lateSchema(() =>
  z.array(z.object({ ifname: z.string(), ifindex: z.int(), address: z.string().default('') })),
);
const macPattern = /^(?:[0-9a-f]{2}:){5}[0-9a-f]{2}$/;
/** What `ip -j maddress` prints; static: joined by a person or a program for its own sake (ip-maddress(8)). */
const groupsSchema = lateSchema(() =>
  z.array(
    z.object({
      maddr: z.array(z.object({ link: z.string().optional(), features: z.string().optional() })).default([]),
    }),
  ),
);
const joinedSchema = lateSchema(() => z.array(z.tuple([z.string(), z.enum(groups)])));
/** A device, and a group that its NIC was told by us. */
type Joined = z.infer<typeof joinedSchema>[number];

const joinedFile = (run: string): string => join(run, 'reflected.json');

const isWanted = (wanted: ReadonlyMap<string, NetworkSetup>): boolean =>
  [...wanted.values()].some(({ proxy }) => proxy?.reflect === true);

/** Whether there is, or was, anything to reflect. */
export function concernsReflection(wanted: ReadonlyMap<string, NetworkSetup>, run: string): boolean {
  return isWanted(wanted) || readJoined(run) !== undefined;
}

/**
 * Networks that reflect, on uplinks that are there, with what of the uplink the rules depend on. `stamp` differs when they have to be made anew: the kernel takes a
 * chain at ingress away with its device.
 */
export async function findReflected(
  wanted: ReadonlyMap<string, NetworkSetup>,
): Promise<{ readonly networks: readonly Reflected[]; readonly stamp: string }> {
  const printed = await queryTool('ip', ['-j', 'link', 'show']);
  const parsed = linksSchema.safeParse(printed.ok ? printed.value : []);
  const links = new Map((parsed.success ? parsed.data : []).map((link) => [link.ifname, link]));
  const found = [...wanted.values()].flatMap(({ link, proxy }) => {
    const [bridge, uplink] = [links.get(link?.bridge ?? ''), links.get(proxy?.uplink ?? '')];
    if (proxy?.reflect !== true || bridge === undefined || uplink === undefined) return [];
    const { ifname, address: mac } = uplink;
    if (!macPattern.test(mac)) return [];
    const network: Reflected = { bridge: bridge.ifname, uplink: ifname, mac, subnets: proxy.subnets };
    return [{ network, indices: [bridge.ifindex, uplink.ifindex] }];
  });
  return { networks: found.map(({ network }) => network), stamp: JSON.stringify(found) };
}

/** Has the kernel carry what is sent to all between the uplinks and bridges of these networks, and of no others. */
export async function reflect(
  wanted: ReadonlyMap<string, NetworkSetup>,
  { run }: { readonly run: string },
): Promise<Outcome<void, HelperFailure>> {
  if (!concernsReflection(wanted, run)) return succeed(undefined);
  const { networks } = await findReflected(wanted);
  const before = readJoined(run) ?? [];
  const uplinks = new Set(networks.map(({ uplink }) => uplink));
  const missing: Joined[] = [];
  for (const uplink of uplinks) missing.push(...(await missingGroups(uplink)));
  // Written down first: what is ours to take back must not be forgotten.
  writeJoined(run, [...before, ...missing]);
  const loaded = await runTextTool('nft', ['-f', '-'], reflectRules(networks).join('\n').concat('\n'));
  if (!loaded.ok) return loaded;
  // It is gone with the device, where that is.
  for (const [uplink, group] of before) if (!uplinks.has(uplink)) await tellNic('delete', uplink, group);
  for (const [uplink, group] of missing) await tellNic('add', uplink, group);
  if (!isWanted(wanted)) removeRootFile(joinedFile(run));
  else writeJoined(run, [...before.filter(([uplink]) => uplinks.has(uplink)), ...missing]);
  return succeed(undefined);
}

/** Those that nobody has told the NIC yet: others are somebody else's to leave. */
async function missingGroups(uplink: string): Promise<readonly Joined[]> {
  const printed = await queryTool('ip', ['-j', 'maddress', 'show', 'dev', uplink]);
  const parsed = groupsSchema.safeParse(printed.ok ? printed.value : []);
  const known = (parsed.success ? parsed.data : []).flatMap(({ maddr }) => maddr);
  return groups
    .filter((group) => !known.some(({ link, features }) => link === group && features === 'static'))
    .map((group) => [uplink, group]);
}

async function tellNic(verb: 'add' | 'delete', uplink: string, group: string): Promise<void> {
  await runIp('maddress', verb, group, 'dev', uplink);
}

function readJoined(run: string): readonly Joined[] | undefined {
  const text = readRootFile(joinedFile(run));
  if (text === undefined) return undefined;
  const parsed = joinedSchema.safeParse(parseJson(Buffer.from(text), maxDepth)?.value);
  return parsed.success ? parsed.data : [];
}

function writeJoined(run: string, joined: readonly Joined[]): void {
  const each = new Map(joined.map((pair) => [pair.join(' '), pair]));
  replaceRootFile(joinedFile(run), JSON.stringify([...each.values()]), { durable: false });
}
