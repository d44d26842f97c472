import { join } from 'node:path';
import * as z from 'zod';
import type { HelperFailure } from '../../../shared/plan/helper-failure.ts';
import { lateSchema } from '../../../shared/plan/late-schema.ts';
import { maxDepth } from '../../../shared/plan/limits.ts';
import type { NetworkSetup } from '../../../shared/plan/network-setup.ts';
import { fail, type Outcome, succeed } from '../../../shared/plan/outcome.ts';
import { parseJson } from '../../../shared/plan/parse-json.ts';
import { queryTool } from '../networks/run-batch.ts';
import { readRootFile, removeRootFile, replaceRootFile } from '../root-file.ts';
import { deadlineFromNow, startTool } from '../run-tool.ts';
import { findTool } from '../tools.ts';
import { runIp } from './proxy-objects.ts';
import { type Reflected, reflectRules } from './reflect-rules.ts';

/** 224.0.0.251 and ff02::fb as they are on the wire (RFC 1112, section 6.4; RFC 2464, section 7): a NIC passes on only groups that it was told. */
const groups = ['01:00:5e:00:00:fb', '33:33:00:00:00:fb'] as const;

const linksSchema = lateSchema(() =>
  z.array(
    z.object({ ifname: z.string(), ifindex: z.int(), address: z.string().regex(/^(?:[0-9a-f]{2}:){5}[0-9a-f]{2}$/) }),
  ),
);
const joinedSchema = lateSchema(() => z.array(z.tuple([z.string(), z.enum(groups)])));
type Joined = z.infer<typeof joinedSchema>;

const joinedFile = (run: string): string => join(run, 'reflected.json');

/** Whether there is, or was, anything to reflect. */
export function concernsReflection(wanted: ReadonlyMap<string, NetworkSetup>, run: string): boolean {
  return [...wanted.values()].some(({ proxy }) => proxy?.reflect === true) || readJoined(run) !== undefined;
}

/**
 * Networks that reflect, on uplinks that are there, with what of the uplink the rules depend on. `stamp` differs when they have to be made anew: the kernel takes a
 * chain at ingress away with its device.
 */
export async function findReflected(
  wanted: ReadonlyMap<string, NetworkSetup>,
): Promise<{ readonly networks: readonly Reflected[]; readonly stamp: string }> {
  const printed = await queryTool('ip', ['-j', 'link', 'show']);
  const parsed = linksSchema.safeParse(
    printed.ok && Array.isArray(printed.value)
      ? printed.value.filter(
          (link: { readonly address?: unknown }) => typeof link.address === 'string' && link.address.length === 17,
        )
      : [],
  );
  const links = new Map((parsed.success ? parsed.data : []).map((link) => [link.ifname, link]));
  const found = [...wanted.values()].flatMap(({ link, proxy }) => {
    const [bridge, uplink] = [links.get(link?.bridge ?? ''), links.get(proxy?.uplink ?? '')];
    if (proxy?.reflect !== true || bridge === undefined || uplink === undefined) return [];
    const { ifname, address: mac } = uplink;
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
  // Written down first: what is ours to take back must not be forgotten.
  const missing = [...uplinks].flatMap((uplink) => groups.map((group) => [uplink, group] as Joined[number]));
  const ours: Joined = before.filter(([uplink]) => uplinks.has(uplink));
  replaceRootFile(joinedFile(run), JSON.stringify(before), { durable: false });
  const loaded = await load(reflectRules(networks));
  if (!loaded.ok) return loaded;
  for (const [uplink, group] of before) {
    // It is gone with the device, where that is.
    if (!uplinks.has(uplink)) await runIp('maddress', 'delete', group, 'dev', uplink);
  }
  for (const [uplink, group] of missing) {
    // Refused where somebody else has joined it in this way; then it is his to leave.
    const joined = await runIp('maddress', 'add', group, 'dev', uplink);
    const isOurs = ours.some(([device, address]) => device === uplink && address === group);
    if (joined.ok && !isOurs) ours.push([uplink, group]);
  }
  const isOver = ![...wanted.values()].some(({ proxy }) => proxy?.reflect === true);
  if (isOver) removeRootFile(joinedFile(run));
  else replaceRootFile(joinedFile(run), JSON.stringify(ours), { durable: false });
  return succeed(undefined);
}

function readJoined(run: string): Joined | undefined {
  const text = readRootFile(joinedFile(run));
  if (text === undefined) return undefined;
  const parsed = joinedSchema.safeParse(parseJson(Buffer.from(text), maxDepth)?.value);
  return parsed.success ? parsed.data : [];
}

async function load(lines: readonly string[]): Promise<Outcome<void, HelperFailure>> {
  const nft = findTool('nft');
  if (!nft.ok) return nft;
  const text = lines.map((line) => `${line}\n`).join('');
  const run = await startTool(nft.value, ['-f', '-']).finish(text, deadlineFromNow());
  if (run.status === 0) return succeed(undefined);
  return fail({ kind: 'tool-failed', program: nft.value, message: run.stderr.trim() });
}
