import { spawnSync } from 'node:child_process';
import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
} from 'node:fs';
import { join } from 'node:path';
import type { HypervisorProcess } from './hypervisor-process.ts';

const maxBytes = 1024 * 1024;
const domainFolders = ['/run/libvirt/qemu', '/etc/libvirt/qemu'];
const toolFolders = ['/usr/sbin', '/sbin'];
const toolTimeoutMs = 5000;
const maxToolOutput = 64 * 1024 * 1024;
const hypervisor = /(?:^|\/)(?:qemu-system-[^/]*|qemu-kvm|kvm|cloud-hypervisor[^/]*|firecracker[^/]*)$/;

/** undefined for what is not there, not ours to read, or has gone while we looked. */
function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) return undefined;
    throw error;
  }
}

const textOf = (path: string): string | undefined => attempt(() => readFileSync(path, 'utf8'));
const namesIn = (folder: string): readonly string[] => attempt(() => readdirSync(folder)) ?? [];

/** A file that somebody else names: a pipe would hold us up, and a device could have no end. */
function foreignText(path: string): string | undefined {
  return attempt(() => {
    const fd = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const { size } = fstatSync(fd);
      return fstatSync(fd).isFile() && size <= maxBytes ? readFileSync(fd, 'utf8') : undefined;
    } finally {
      closeSync(fd);
    }
  });
}

/** Descriptors of /dev/net/tun say which device they are (kernel: drivers/net/tun.c, tun_chr_show_fdinfo). */
function tapsOf(folder: string): ReadonlyMap<number, string> {
  const taps = new Map<number, string>();
  for (const fd of namesIn(`${folder}/fdinfo`)) {
    const device = /^iff:\s*(\S+)/m.exec(textOf(`${folder}/fdinfo/${fd}`) ?? '')?.[1];
    if (device !== undefined) taps.set(Number(fd), device);
  }
  return taps;
}

/** A hypervisor as it runs. */
export interface RunningHypervisor extends HypervisorProcess {
  readonly pid: number;
}

/** Hypervisors that hold a TAP; those of other users only for root. */
function hypervisors(): readonly RunningHypervisor[] {
  const found: RunningHypervisor[] = [];
  for (const pid of namesIn('/proc').filter((name) => /^[0-9]+$/.test(name))) {
    const folder = `/proc/${pid}`;
    const argv = (textOf(`${folder}/cmdline`) ?? '').split('\0').slice(0, -1);
    if (!hypervisor.test(argv[0] ?? '')) continue;
    const taps = tapsOf(folder);
    if (taps.size === 0) continue;
    const readFile = (path: string): string | undefined =>
      foreignText(
        join(folder, 'root', path.startsWith('/') ? '' : (attempt(() => readlinkSync(`${folder}/cwd`)) ?? ''), path),
      );
    found.push({ pid: Number(pid), argv, taps, readFile });
  }
  return found;
}

function holdersOf(device: string): readonly HypervisorProcess[] {
  return hypervisors().filter(({ taps }) => [...taps.values()].includes(device));
}

function domainXmls(): readonly string[] {
  return domainFolders.flatMap((folder) =>
    namesIn(folder)
      .filter((name) => name.endsWith('.xml'))
      .flatMap((name) => textOf(join(folder, name)) ?? []),
  );
}

/** What a tool prints; undefined where it is not there or fails. It asks the kernel about our namespace, which /sys need not be of. */
function outputOf(tool: string, ...args: readonly string[]): string | undefined {
  const program = toolFolders.map((folder) => join(folder, tool)).find((path) => existsSync(path));
  if (program === undefined) return undefined;
  const done = spawnSync(program, args, {
    encoding: 'utf8',
    shell: false,
    stdio: ['ignore', 'pipe', 'ignore'],
    timeout: toolTimeoutMs,
    maxBuffer: maxToolOutput,
  });
  return done.status === 0 ? done.stdout : undefined;
}

const links = (): string | undefined => outputOf('ip', '-json', '-details', 'link', 'show');

const forwardingTable = (device: string): string | undefined =>
  outputOf('bridge', '-json', 'fdb', 'show', 'brport', device);

/** What all bridges have learnt, at once. */
const forwardingTables = (): string | undefined => outputOf('bridge', '-json', 'fdb', 'show');

/** Who has which address on a bridge, as the kernel has seen it. */
const neighbours = (): string | undefined => outputOf('ip', '-json', 'neighbour', 'show');

/** This host, as /proc, /sys and libvirt's files show it. */
export const readHost = { hypervisors, holdersOf, domainXmls, links, forwardingTable, forwardingTables, neighbours };
