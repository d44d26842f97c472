import { join } from 'node:path';
import * as z from 'zod';
import { lateSchema } from '../../../shared/plan/late-schema.ts';
import { maxDepth } from '../../../shared/plan/limits.ts';
import { parseJson } from '../../../shared/plan/parse-json.ts';
import { isOwnAlias } from '../networks/alias.ts';
import { queryTool } from '../networks/run-batch.ts';
import type { Places } from '../places.ts';
import { readRootFile, replaceRootFile } from '../root-file.ts';
import { runTool } from '../run-tool.ts';
import { findTool } from '../tools.ts';
import { followProgram } from './follow-program.ts';
import { keeperFolder, type Wanted } from './keeper-files.ts';

/**
 * Isolates every port of a bridge whose guests are to be kept apart, however it came there (BR_ISOLATED: the kernel passes nothing from one such port
 * to another). There is no such setting for ports to come, and an nft rule would have to know the bridge's name, which many kernels cannot match
 * (NFT_BRIDGE_META); so the kernel's news of links are followed.
 */
export interface PortIsolator {
  /** Told at every look. */
  look(wanted: Wanted): void;
}

interface Port {
  readonly device: string;
  readonly index: number;
  readonly isolated: boolean;
}

const listingSchema = lateSchema(() =>
  z.array(
    z.object({
      ifname: z.string(),
      ifindex: z.int(),
      ifalias: z.string().optional(),
      linkinfo: z.object({ info_slave_data: z.object({ isolated: z.boolean().default(false) }).optional() }).optional(),
    }),
  ),
);
const heldSchema = lateSchema(() => z.array(z.int()));

/** @param failed told of what should not happen */
export function createPortIsolator(places: Places, failed: (error: unknown) => void): PortIsolator {
  let seen: Wanted | undefined;
  let isDue = false;
  let isAtWork = false;
  const work = async () => {
    while (isDue && seen !== undefined) {
      isDue = false;
      // A port may be gone by now, or not yet what it will be: the next look tries again.
      if (!(await isolatePorts(places, seen))) seen = undefined;
    }
  };
  const start = () => {
    isDue = true;
    if (isAtWork) return;
    isAtWork = true;
    // Not in the keeper's rounds, in which other things are waited for.
    void work()
      .catch(failed)
      .finally(() => {
        isAtWork = false;
      });
  };
  const links = followProgram('ip', ['-o', 'monitor', 'link'], start, start);
  return {
    look(wanted) {
      if (!keepsApart(wanted) && readHeld(places).size === 0) return;
      links.ensure();
      if (wanted === seen) return;
      seen = wanted;
      start();
    },
  };
}

function keepsApart(wanted: Wanted): boolean {
  return [...wanted.values()].some(({ link }) => link?.isolated === true);
}

/** False where it could not be done for every port. */
async function isolatePorts(places: Places, wanted: Wanted): Promise<boolean> {
  const held = readHeld(places);
  const standing = new Set<number>();
  let isDone = true;
  for (const { link } of wanted.values()) {
    if (link === undefined || (link.isolated !== true && held.size === 0)) continue;
    const { bridge, isolated = false } = link;
    for (const port of await portsOf(bridge)) {
      standing.add(port.index);
      if (port.isolated === isolated || (!isolated && !held.has(port.index))) continue;
      // Written down first: what is ours to undo must not be forgotten.
      if (isolated) writeHeld(places, held.add(port.index));
      if (!(await isolate(port, isolated))) isDone = false;
      else if (!isolated && held.delete(port.index)) writeHeld(places, held);
    }
  }
  // A port that was unplugged has lost the setting.
  const left = new Set([...held].filter((index) => standing.has(index)));
  if (left.size < held.size) writeHeld(places, left);
  return isDone;
}

/** TAPs of ours are the helper's, which isolates them before they are up. */
async function portsOf(bridge: string): Promise<readonly Port[]> {
  // There is no such bridge where somebody has just deleted it.
  const printed = await queryTool('ip', ['-j', '-d', 'link', 'show', 'master', bridge]);
  const parsed = listingSchema.safeParse(printed.ok ? printed.value : []);
  if (!parsed.success) return [];
  return parsed.data
    .filter(({ ifalias }) => !isOwnAlias(ifalias))
    .map(({ ifname, ifindex, linkinfo }) => ({
      device: ifname,
      index: ifindex,
      isolated: linkinfo?.info_slave_data?.isolated ?? false,
    }));
}

/** The name of a device is anybody's choice: it is an argument of its own. */
async function isolate({ device }: Port, isolated: boolean): Promise<boolean> {
  const ip = findTool('ip');
  if (!ip.ok) return false;
  const setting = ['type', 'bridge_slave', 'isolated', isolated ? 'on' : 'off'];
  return (await runTool(ip.value, ['link', 'set', 'dev', device, ...setting])).status === 0;
}

/** Ports, by index, that were isolated here: that somebody else has isolated is none of ours to undo. */
function readHeld(places: Places): Set<number> {
  const text = readRootFile(heldFile(places));
  const parsed = heldSchema.safeParse(text === undefined ? [] : parseJson(Buffer.from(text), maxDepth)?.value);
  return new Set(parsed.success ? parsed.data : []);
}

function writeHeld(places: Places, held: ReadonlySet<number>): void {
  replaceRootFile(heldFile(places), JSON.stringify([...held]), { durable: false });
}

function heldFile(places: Places): string {
  return join(keeperFolder(places), 'isolated.json');
}
