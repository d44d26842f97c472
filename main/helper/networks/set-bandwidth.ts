import { existsSync } from 'node:fs';
import * as z from 'zod';
import type { Setups } from '../../../shared/plan/fold-networks.ts';
import type { HelperFailure } from '../../../shared/plan/helper-failure.ts';
import { lateSchema } from '../../../shared/plan/late-schema.ts';
import type { BandwidthSetup } from '../../../shared/plan/network-setup.ts';
import { fail, type Outcome, succeed } from '../../../shared/plan/outcome.ts';
import { runTool } from '../run-tool.ts';
import { findTool } from '../tools.ts';
import { ifbOf } from './alias.ts';
import type { NetworkSpace } from './network-space.ts';
import type { Links } from './observe-links.ts';
import { type Line, queryTool, runBatch } from './run-batch.ts';
import { type ShapedDevice, shapedDevices } from './wanted-devices.ts';

type Rate = NonNullable<BandwidthSetup['inbound']>;

const listing = lateSchema(() => z.array(z.object({ kind: z.string(), handle: z.string(), dev: z.string() })));

/**
 * Shapes what passes through the devices: what a device sends (a network's inbound) by its own queue, what it receives (outbound) by that of an
 * ifb that it goes through. Where no device is or was shaped, not even a look is taken.
 */
export async function setBandwidth(
  space: NetworkSpace,
  wanted: Setups,
  known: readonly Setups[],
  made: (device: string) => boolean,
): Promise<Outcome<void, HelperFailure>> {
  const devices = allShaped(wanted);
  const shapedBefore = new Set(
    known.flatMap(allShaped).flatMap(({ device, bandwidth }) => (isShaped(bandwidth) ? [device] : [])),
  );
  const alike = known.every((setups) => JSON.stringify(shapes(setups)) === JSON.stringify(shapes(wanted)));
  const concerned = devices.filter(({ device, bandwidth }) => isShaped(bandwidth) || shapedBefore.has(device));
  if (concerned.length === 0 || (alike && !concerned.some(({ device }) => made(device)))) return succeed(undefined);
  const printed = await queryTool('tc', ['-j', 'qdisc', 'show']);
  if (!printed.ok) return printed;
  const parsed = listing.safeParse(printed.value);
  if (!parsed.success) {
    return fail({ kind: 'tool-failed', program: 'tc', message: 'what it prints of queues is not understood' });
  }
  const standing = new Set(parsed.data.map(({ dev, kind, handle }) => `${dev} ${kind} ${handle}`));
  const lines = concerned.flatMap((device) => bandwidthLines(device, standing));
  return runBatch(space, 'tc', 'bandwidth', lines);
}

/** `standing`: device, kind and handle of every queue. */
export function bandwidthLines(
  { network, device, bandwidth: { inbound, outbound } }: ShapedDevice,
  standing: ReadonlySet<string>,
): readonly Line[] {
  const ifb = ifbOf(device);
  const receives = standing.has(`${device} ingress ffff:`);
  const throughIfb = standing.has(`${ifb} htb 1:`);
  const lines = [
    ...shapeLines(device, inbound, standing),
    ...(outbound === undefined ? [] : shapeLines(ifb, outbound, standing)),
    // An ifb that was made anew is not the one that the old filter leads to.
    ...(receives && (outbound === undefined || !throughIfb) ? [`qdisc delete dev ${device} ingress`] : []),
    ...(outbound === undefined || (receives && throughIfb)
      ? []
      : [
          `qdisc add dev ${device} ingress`,
          `filter add dev ${device} parent ffff: protocol all prio 1 u32 match u32 0 0 action mirred egress redirect dev ${ifb}`,
        ]),
  ];
  return lines.map((text) => ({ network, text }));
}

function shapeLines(device: string, rate: Rate | undefined, standing: ReadonlySet<string>): readonly string[] {
  const shaped = standing.has(`${device} htb 1:`);
  if (rate === undefined) return shaped ? [`qdisc delete dev ${device} root`] : [];
  return [
    ...(shaped ? [] : [`qdisc replace dev ${device} root handle 1: htb default 1`]),
    `class replace dev ${device} parent 1: classid 1:1 htb ${writeRate(rate)}`,
  ];
}

/** tc(8): kbps are kilobytes a second, kb are kilobytes. */
function writeRate({ average, peak, burst }: Rate): string {
  return [
    `rate ${average}kbps`,
    ...(peak === undefined ? [] : [`ceil ${peak}kbps`]),
    ...(burst === undefined ? [] : [`burst ${burst}kb`]),
  ].join(' ');
}

/** The kernel's module makes two devices of its own unless it is told not to. */
export async function readyIfbs(links: Links, devices: readonly { readonly kind: string }[]): Promise<void> {
  const wanted = devices.some(({ kind }) => kind === 'ifb') && ![...links.values()].some(({ kind }) => kind === 'ifb');
  const modprobe = wanted && !existsSync('/sys/module/ifb') ? findTool('modprobe') : undefined;
  // A kernel that has it built in needs no module; what else is missing is said when the device is made.
  if (modprobe?.ok) await runTool(modprobe.value, ['ifb', 'numifbs=0']);
}

function allShaped(setups: Setups): readonly ShapedDevice[] {
  return Array.from(setups).flatMap(([network, setup]) => shapedDevices(network, setup));
}

function shapes(setups: Setups): object {
  return allShaped(setups)
    .filter(({ bandwidth }) => isShaped(bandwidth))
    .map(({ device, bandwidth }) => [device, bandwidth.inbound ?? null, bandwidth.outbound ?? null])
    .sort();
}

function isShaped({ inbound, outbound }: BandwidthSetup): boolean {
  return inbound !== undefined || outbound !== undefined;
}
