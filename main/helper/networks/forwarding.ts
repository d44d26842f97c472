import type { Setups } from '../../../shared/plan/fold-networks.ts';
import type { HelperFailure } from '../../../shared/plan/helper-failure.ts';
import { fail, type Outcome, succeed } from '../../../shared/plan/outcome.ts';
import { log } from '../audit.ts';
import { readBootId } from '../boot-id.ts';
import type { HeldSysctls } from '../log-entry.ts';
import { listSettingDevices, readNetSetting, writeNetSetting } from './net-setting.ts';
import { othersMasquerade } from './others-masquerade.ts';

type Family = 'ipv4' | 'ipv6';
const families: readonly Family[] = ['ipv4', 'ipv6'];

const switches = { ipv4: 'ipv4/ip_forward', ipv6: 'ipv6/conf/all/forwarding' } as const;

/**
 * The settings to put back once no network needs forwarding any more: those held already, or those that stand now. The switch of all devices
 * overwrites every device's own (inet_forward_change of devinet.c, addrconf_fixup_forwarding of addrconf.c), so those that differ are held too.
 */
export function holdForwarding(held: HeldSysctls | null, setups: Setups): HeldSysctls | null {
  const boot = readBootId();
  const standing = held?.boot === boot ? held.values : {};
  const needed = families.filter((family) =>
    [...setups.values()].some(({ forwarding }) => forwarding.includes(family)),
  );
  if (needed.length === 0) return null;
  const values = needed.flatMap((family) => {
    const own = Object.entries(standing).filter(([name]) => familyOf(name) === family);
    return own.length > 0 ? own : Object.entries(readSettings(family));
  });
  return { boot, values: Object.fromEntries(values) };
}

function readSettings(family: Family): Readonly<Record<string, string>> {
  const before = readNetSetting(switches[family]);
  if (before === undefined) return {};
  const held: Record<string, string> = { [switches[family]]: before };
  if (before !== '0') return held;
  for (const device of listSettingDevices(family)) {
    const name = `${family}/conf/${device}/forwarding`;
    const forwards = readNetSetting(name);
    if (device !== 'all' && forwards !== undefined && forwards !== '0') held[name] = forwards;
    if (family === 'ipv6' && takesRoutes(device)) held[nameOfAcceptRa(device)] = '1';
  }
  // Switching forwarding off switches this on, whatever it was.
  const redirects = family === 'ipv4' ? readNetSetting('ipv4/conf/all/accept_redirects') : undefined;
  if (redirects !== undefined) held['ipv4/conf/all/accept_redirects'] = redirects;
  return held;
}

/**
 * Lets the host forward. A host that forwards takes no route from router advertisements unless accept_ra is 2 (addrconf.c), so a device that
 * took them goes on doing so.
 */
export function switchForwardingOn(held: HeldSysctls | null): Outcome<void, HelperFailure> {
  if (held === null) return succeed(undefined);
  try {
    for (const name of Object.keys(held.values)) {
      if (name.endsWith('/accept_ra') && readNetSetting(name) === '1') writeNetSetting(name, '2');
    }
    for (const family of families) if (switches[family] in held.values) writeNetSetting(switches[family], '1');
    return succeed(undefined);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return fail({ kind: 'network-failed', network: '', step: 'forwarding', message });
  }
}

/**
 * Puts back what is held for families that `kept` does not need, unless somebody else has switched forwarding off meanwhile, or has come to count on it:
 * Docker, started after a network of ours, would leave its containers cut off.
 */
export async function putForwardingBack(held: HeldSysctls | null, kept: HeldSysctls | null): Promise<void> {
  if (held === null || held.boot !== readBootId()) return;
  const over = families.filter((family) => {
    const name = switches[family];
    const stays = kept !== null && name in kept.values;
    return !stays && held.values[name] === '0' && readNetSetting(name) === '1';
  });
  const counted = over.length === 0 ? new Set<Family>() : await othersMasquerade();
  for (const family of over) {
    const name = switches[family];
    if (counted.has(family)) {
      log('info', `${name} stays 1: rules of another program masquerade`);
      continue;
    }
    writeNetSetting(name, '0');
    for (const [other, value] of Object.entries(held.values)) {
      if (familyOf(other) === family && other !== name) putBack(other, value);
    }
  }
}

function putBack(name: string, value: string): void {
  const now = readNetSetting(name);
  // The device may have gone, and what somebody else has written stays.
  if (now === undefined || (name.endsWith('/accept_ra') && now !== '2')) return;
  writeNetSetting(name, value);
}

/** Whether a device takes routes from router advertisements, and would not any more on a host that forwards. */
function takesRoutes(device: string): boolean {
  if (device === 'all' || device === 'default') return false;
  const settings = ['forwarding', 'disable_ipv6', 'accept_ra'].map((name) =>
    readNetSetting(`ipv6/conf/${device}/${name}`),
  );
  return settings.join(' ') === '0 0 1';
}

function nameOfAcceptRa(device: string): string {
  return `ipv6/conf/${device}/accept_ra`;
}

function familyOf(name: string): string | undefined {
  return name.split('/')[0];
}
