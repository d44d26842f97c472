import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { deviceNamePattern } from '../../../shared/plan/device-name.ts';
import type { HelperFailure } from '../../../shared/plan/helper-failure.ts';
import { lateSchema } from '../../../shared/plan/late-schema.ts';
import type { Cure, NetworkSetup } from '../../../shared/plan/network-setup.ts';
import { fail, type Outcome, succeed } from '../../../shared/plan/outcome.ts';
import { ownName, ownTable } from '../../../shared/plan/own-names.ts';
import { readRootFile, removeRootFile, replaceRootFile } from '../root-file.ts';
import { runTextTool } from '../run-text-tool.ts';

/** A cure that is no rule, with what it took the place of. */
const heldSchema = lateSchema(() =>
  z.discriminatedUnion('cure', [
    z.strictObject({
      cure: z.literal('firewalld-zone'),
      zone: z.string().regex(/^[A-Za-z0-9_-]{1,17}$/),
      device: z.string().regex(deviceNamePattern),
    }),
    z.strictObject({
      cure: z.enum(['loose-rp-filter', 'accept-ra']),
      device: z.string().regex(deviceNamePattern),
      before: z.string().regex(/^[012]$/),
    }),
    z.strictObject({ cure: z.literal('bridge-nf-off'), before: z.record(z.string(), z.string().regex(/^[01]$/)) }),
  ]),
);
type Held = z.infer<typeof heldSchema>;

const file = 'cures.json';
/** The settings of a device that cures make 2: RFC 3704 loose, and taken although the host forwards (ip-sysctl.rst). */
const deviceSettings = { 'loose-rp-filter': 'ipv4/conf/%/rp_filter', 'accept-ra': 'ipv6/conf/%/accept_ra' } as const;
const bridgeFolder = '/proc/sys/net/bridge';
const bridgeSettings = ['bridge-nf-call-iptables', 'bridge-nf-call-ip6tables'] as const;

/**
 * Carries out the cures of started networks that are settings of the host's, and undoes those that no network wants any more. What stood before is
 * written down first, in the run folder: a reboot takes the settings away, and the folder with them.
 */
export async function reconcileCures(
  wanted: ReadonlyMap<string, NetworkSetup>,
  run: string,
): Promise<Outcome<void, HelperFailure>> {
  const path = join(run, file);
  const before = readHeld(path);
  if (!before.ok) return before;
  const held = new Map(before.value.map((cure) => [keyOf(cure), cure]));
  const wishes = new Map([...wanted.values()].flatMap(wishesOf).map((cure) => [keyOf(cure), cure]));
  let outcome: Outcome<void, HelperFailure> = succeed(undefined);
  for (const [key, cure] of held) {
    if (wishes.has(key)) continue;
    const undone = await undo(cure);
    if (undone.ok) held.delete(key);
    else outcome = undone;
  }
  for (const [key, cure] of wishes) if (!held.has(key)) held.set(key, cure);
  if (held.size === 0) removeRootFile(path);
  else if (before.value.length !== held.size || [...held.values()].some((cure) => !before.value.includes(cure))) {
    replaceRootFile(path, JSON.stringify([...held.values()]), { durable: false });
  }
  for (const [key, cure] of held) {
    if (!wishes.has(key)) continue;
    const done = await carryOut(cure);
    if (!done.ok) outcome = done;
  }
  return outcome;
}

function readHeld(path: string): Outcome<readonly Held[], HelperFailure> {
  const text = readRootFile(path);
  if (text === undefined) return succeed([]);
  try {
    return succeed(z.array(heldSchema).parse(JSON.parse(text)));
  } catch (error) {
    return fail({ kind: 'state-damaged', path, message: error instanceof Error ? error.message : String(error) });
  }
}

function keyOf(held: Held): string {
  return [held.cure, 'device' in held ? held.device : '', 'zone' in held ? held.zone : ''].join(' ');
}

/** With what stands now as what stood before. */
function wishesOf({ cures, link }: NetworkSetup): readonly Held[] {
  return cures.map((cure) => wishOf(cure, link?.bridge)).filter((wish) => wish !== undefined);
}

function wishOf(cure: Cure, bridge: string | undefined): Held | undefined {
  switch (cure.cure) {
    case 'accept-first':
      return undefined;
    case 'firewalld-zone':
      return bridge === undefined ? undefined : { ...cure, device: bridge };
    case 'loose-rp-filter':
    case 'accept-ra': {
      const before = readSetting(deviceSetting(cure));
      return before === undefined ? undefined : { ...cure, before };
    }
    case 'bridge-nf-off': {
      const before = bridgeSettings.map((name) => [name, readSetting(join(bridgeFolder, name)) ?? '0'] as const);
      return existsSync(bridgeFolder) ? { ...cure, before: Object.fromEntries(before) } : undefined;
    }
  }
}

async function carryOut(held: Held): Promise<Outcome<void, HelperFailure>> {
  switch (held.cure) {
    case 'firewalld-zone':
      return inFirewalld(`--get-zone-of-interface=${held.device}`, (zone) =>
        zone === held.zone ? undefined : [`--zone=${held.zone}`, `--change-interface=${held.device}`],
      );
    case 'loose-rp-filter':
    case 'accept-ra':
      changeSetting(deviceSetting(held), '2');
      return succeed(undefined);
    case 'bridge-nf-off':
      if (await filtersNeedBridgeNetfilter()) return succeed(undefined);
      for (const name of bridgeSettings) changeSetting(join(bridgeFolder, name), '0');
      return succeed(undefined);
  }
}

/** What somebody has changed since is theirs. */
async function undo(held: Held): Promise<Outcome<void, HelperFailure>> {
  switch (held.cure) {
    case 'firewalld-zone':
      return inFirewalld(`--get-zone-of-interface=${held.device}`, (zone) =>
        zone === held.zone ? [`--zone=${held.zone}`, `--remove-interface=${held.device}`] : undefined,
      );
    case 'loose-rp-filter':
    case 'accept-ra':
      if (readSetting(deviceSetting(held)) === '2') changeSetting(deviceSetting(held), held.before);
      return succeed(undefined);
    case 'bridge-nf-off':
      if (await filtersNeedBridgeNetfilter()) return succeed(undefined);
      for (const name of bridgeSettings) changeSetting(join(bridgeFolder, name), held.before[name] ?? '0');
      return succeed(undefined);
  }
}

/** firewalld's zones are of its running configuration alone; where it does not run there is nothing to change. */
async function inFirewalld(
  question: string,
  command: (zone: string) => readonly string[] | undefined,
): Promise<Outcome<void, HelperFailure>> {
  const running = await runTextTool('firewall-cmd', ['--state']);
  if (!running.ok) return succeed(undefined);
  // It fails, with "no zone", for a device that is in none.
  const asked = await runTextTool('firewall-cmd', [question]);
  const args = command(asked.ok ? asked.value.trim() : '');
  if (args === undefined) return succeed(undefined);
  const done = await runTextTool('firewall-cmd', args);
  return done.ok ? succeed(undefined) : done;
}

/** The rules on packets that Guestward keeps in the inet family see bridged packets by br_netfilter alone. */
async function filtersNeedBridgeNetfilter(): Promise<boolean> {
  return (await runTextTool('nft', ['list', 'chain', 'inet', ownTable, ownName('packets-out')])).ok;
}

function deviceSetting({
  cure,
  device,
}: {
  readonly cure: keyof typeof deviceSettings;
  readonly device: string;
}): string {
  return join('/proc/sys/net', deviceSettings[cure].replace('%', device));
}

function readSetting(path: string): string | undefined {
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : undefined;
}

function changeSetting(path: string, value: string): void {
  const found = readSetting(path);
  if (found !== undefined && found !== value) writeFileSync(path, value);
}
