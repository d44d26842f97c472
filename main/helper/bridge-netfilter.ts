import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HelperFailure } from '../../shared/plan/helper-failure.ts';
import { fail, type Outcome, succeed } from '../../shared/plan/outcome.ts';
import { readBootId } from './boot-id.ts';
import type { HeldSysctls } from './log-entry.ts';
import { runTool } from './run-tool.ts';
import { findTool } from './tools.ts';

/** The settings of br_netfilter, which the kernel keeps for each network namespace. */
const folder = '/proc/sys/net/bridge';
const needed = ['bridge-nf-call-iptables', 'bridge-nf-call-ip6tables'] as const;
const module = 'br_netfilter';

/** The settings to put back some day: those held already, or those that stand now. */
export function settingsBefore(held: HeldSysctls | null): HeldSysctls {
  const boot = readBootId();
  if (held !== null && held.boot === boot) return held;
  // The module comes with everything switched on. Without it nothing is shown to any of the tables, and so it shall be again.
  if (!existsSync(folder)) {
    return { boot, values: Object.fromEntries([...needed, 'bridge-nf-call-arptables'].map((name) => [name, '0'])) };
  }
  return { boot, values: Object.fromEntries(needed.map((name) => [name, readSetting(name)])) };
}

/** Shows packets in bridges to the inet family; loads the kernel's module where it is not there. */
export async function showPackets(before: HeldSysctls): Promise<Outcome<void, HelperFailure>> {
  if (!existsSync(folder)) {
    const loaded = await loadModule();
    if (!loaded.ok) return loaded;
  }
  try {
    for (const [name, value] of Object.entries(before.values)) {
      if (!isNeeded(name)) writeSetting(name, value);
    }
    for (const name of needed) if (readSetting(name) !== '1') writeSetting(name, '1');
    return succeed(undefined);
  } catch (error) {
    return fail({ kind: 'no-bridge-netfilter', message: error instanceof Error ? error.message : String(error) });
  }
}

/** Puts the settings back; those of an earlier boot are gone with it. */
export function putBack(held: HeldSysctls | null): void {
  if (held === null || held.boot !== readBootId() || !existsSync(folder)) return;
  for (const [name, value] of Object.entries(held.values)) {
    if (readSetting(name) !== value) writeSetting(name, value);
  }
}

/** Whether packets can be shown to the inet family, found without changing anything. */
export async function canShowPackets(): Promise<boolean> {
  if (existsSync(folder)) return true;
  const modprobe = findTool('modprobe');
  return modprobe.ok && (await runTool(modprobe.value, ['-n', '-q', module])).status === 0;
}

async function loadModule(): Promise<Outcome<void, HelperFailure>> {
  const modprobe = findTool('modprobe');
  if (!modprobe.ok) return modprobe;
  const run = await runTool(modprobe.value, [module]);
  if (run.status === 0 && existsSync(folder)) return succeed(undefined);
  return fail({ kind: 'no-bridge-netfilter', message: run.stderr.trim() || `the module ${module} is not to be had` });
}

function isNeeded(name: string): boolean {
  return needed.some((known) => known === name);
}

function readSetting(name: string): string {
  return readFileSync(join(folder, name), 'utf8').trim();
}

function writeSetting(name: string, value: string): void {
  writeFileSync(join(folder, name), value);
}
