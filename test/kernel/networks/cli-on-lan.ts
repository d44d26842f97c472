import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createPretendLan, ip, type PretendGuest, plugGuest } from '../rig/pretend-lan.ts';
import { runTool } from '../rig/run-tool.ts';

const program = fileURLToPath(new URL('../../../build/dist/cli.mjs', import.meta.url));

/** The command line as it is built, on a host with a LAN behind it, with state of its own. */
export interface CliOnLan {
  /** What it prints, to whichever stream. */
  cli(...args: readonly string[]): string;
  /** Starts a network of this definition. */
  start(name: string, definition: string): void;
  readonly environment: Readonly<Record<string, string>>;
  close(): void;
}

export async function createCliOnLan(): Promise<CliOnLan> {
  const outside = await createPretendLan();
  const folder = mkdtempSync(join(tmpdir(), 'guestward-cli-'));
  // dnsmasq runs as a user of its own, and reads its lists below.
  chmodSync(folder, 0o755);
  const environment = { GUESTWARD_STATE_DIR: join(folder, 'state'), GUESTWARD_RUN_DIR: join(folder, 'run') };
  const cli = (...args: readonly string[]): string => {
    const env = { PATH: '/usr/sbin:/usr/bin', ...environment };
    const { stdout, stderr } = spawnSync(process.execPath, [program, ...args], { env, encoding: 'utf8', shell: false });
    return `${stdout}${stderr}`;
  };
  return {
    cli,
    environment,
    start(name, definition) {
      const file = join(folder, `${name}.xml`);
      writeFileSync(file, definition);
      cli('net-create', file);
    },
    close() {
      outside.close();
      rmSync(folder, { recursive: true });
    },
  };
}

export const isUp = (device: string): boolean =>
  /<[^>]*\bUP\b/.test(runTool('/usr/sbin/ip', ['link', 'show', 'dev', device]));

/** As libvirt does: its name, vnetN, and the guest's address with fe in front. The guest is a namespace, and no hypervisor says whose it is. */
export function plugAsLibvirt(device: string, mac: string, bridge: string): PretendGuest {
  const guest = plugGuest(device, mac, bridge);
  ip(`link set dev ${device} address ${mac.replace('52:', 'fe:')}`);
  return guest;
}

/** What makes every NIC of a network filtered so. */
export const defaultFilter = (filter: string): string =>
  `<metadata><g:settings xmlns:g='https://guestward.org/xmlns/network/1.0'><g:filter name='${filter}'/></g:settings></metadata>`;
