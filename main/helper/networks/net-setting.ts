import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = '/proc/sys/net';

/** A setting below /proc/sys/net, which shows those of this process's network namespace; undefined where there is none. */
export function readNetSetting(name: string): string | undefined {
  const path = join(folder, name);
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : undefined;
}

/** Writes a setting that has another value. */
export function writeNetSetting(name: string, value: string): void {
  if (readNetSetting(name) !== value) writeFileSync(join(folder, name), value);
}

/** The devices, and `all` and `default`, that have settings of a family. */
export function listSettingDevices(family: 'ipv4' | 'ipv6'): readonly string[] {
  const path = join(folder, family, 'conf');
  return existsSync(path) ? readdirSync(path) : [];
}
