import { maxNames } from '../../../shared/plan/healing.ts';
import { readNetSetting } from '../networks/net-setting.ts';
import { wantedDevices } from '../networks/wanted-devices.ts';
import type { Wanted } from './keeper-files.ts';

/** Bridges and TAPs of these networks that somebody has taken away. */
export function missingDevices(wanted: Wanted): readonly string[] {
  return wantedDevices(wanted)
    .filter(({ kind }) => kind !== 'ifb')
    .map(({ device }) => device)
    .filter((device) => !isThere(device));
}

/** As many as a record has room for. */
export function namesOf(devices: readonly string[]): string[] {
  return devices.slice(0, maxNames);
}

/** Every device has this setting, and /proc shows those of our own network namespace, which /sys does not wherever it was mounted. */
export function isThere(device: string): boolean {
  return readNetSetting(`ipv4/conf/${device}/forwarding`) !== undefined;
}
