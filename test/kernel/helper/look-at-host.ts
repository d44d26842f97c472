import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runTool } from '../rig/run-tool.ts';
import type { HelperRig } from './helper-rig.ts';

/** What networks can leave on a host, as sorted lines. */
export interface HostTraces {
  readonly links: readonly string[];
  readonly addresses: readonly string[];
  readonly routes: readonly string[];
  readonly queues: readonly string[];
  readonly settings: readonly string[];
  /** dnsmasq and keeper, by their names. */
  readonly processes: readonly string[];
}

interface Printed {
  readonly ifname: string;
  readonly ifalias?: string;
  readonly mtu: number;
  readonly flags: readonly string[];
  readonly master?: string;
  readonly linkinfo?: { readonly info_kind: string };
  readonly addr_info: readonly { readonly local: string; readonly prefixlen: number; readonly scope: string }[];
}

export function lookAtHost({ namespace, runDir }: HelperRig): HostTraces {
  return namespace.run(() => {
    const links = ip<Printed>('-d', 'address', 'show');
    const found = {
      processes: processesOf(runDir).map(({ name }) => name),
      links: links.map(({ ifname, ifalias, mtu, flags, master, linkinfo }) =>
        [ifname, linkinfo?.info_kind, ifalias, mtu, flags.includes('UP') ? 'up' : 'down', master].join(' '),
      ),
      addresses: links.flatMap(({ ifname, addr_info }) =>
        addr_info.flatMap(({ local, prefixlen, scope }) =>
          scope === 'link' ? [] : [`${ifname} ${local}/${prefixlen}`],
        ),
      ),
      routes: ['-4', '-6'].flatMap((family) =>
        ip<{ dst: string; dev: string; gateway?: string }>(family, 'route', 'show')
          .filter(({ dst }) => dst !== 'fe80::/64')
          .map(({ dst, dev, gateway }) => `${dst} ${gateway ?? ''} ${dev}`),
      ),
      queues: (JSON.parse(runTool('/usr/sbin/tc', ['-j', 'qdisc', 'show'])) as { dev: string; kind: string }[])
        .filter(({ kind }) => kind !== 'noqueue' && !kind.startsWith('pfifo'))
        .map(({ dev, kind }) => `${dev} ${kind}`),
      settings: ['ipv4/ip_forward', 'ipv4/conf/all/accept_redirects', ...perDevice('ipv4'), ...perDevice('ipv6')].map(
        (name) => `${name} ${readFileSync(join('/proc/sys/net', name), 'utf8').trim()}`,
      ),
    };
    return Object.fromEntries(Object.entries(found).map(([part, lines]) => [part, lines.sort()])) as typeof found;
  });
}

/** What works for networks with this run folder. */
export function processesOf(runDir: string): readonly { readonly pid: number; readonly name: string }[] {
  const found = readdirSync('/proc').flatMap((entry) => {
    const [args, env] = ['cmdline', 'environ'].map((file) => readProcess(entry, file));
    const pid = Number(entry);
    if (args?.[0]?.endsWith('/dnsmasq') && args.some((arg) => arg.includes(runDir))) return [{ pid, name: 'dnsmasq' }];
    if (args?.at(-1) === 'keep' && env?.includes(`GUESTWARD_RUN_DIR=${runDir}`)) return [{ pid, name: 'keeper' }];
    return [];
  });
  // Between fork and exec a program that the keeper starts looks as the keeper does.
  return found.filter(({ pid }) => !found.some((parent) => parent.pid === parentOf(pid)));
}

function parentOf(pid: number): number {
  const [status = ''] = readProcess(String(pid), 'status');
  return Number(/^PPid:\t([0-9]+)$/m.exec(status)?.[1]);
}

function readProcess(pid: string, file: string): readonly string[] {
  try {
    return /^[0-9]+$/.test(pid)
      ? readFileSync(join('/proc', pid, file), 'utf8')
          .split('\0')
          .filter(Boolean)
      : [];
  } catch {
    return [];
  }
}

/** The index of a device, by which one that was made anew is told from one that has stayed. */
export function indexOf({ namespace }: HelperRig, device: string): number {
  return namespace.run(() => ip<{ ifindex: number }>('link', 'show', 'dev', device)[0]?.ifindex ?? -1);
}

function ip<T>(...args: readonly string[]): readonly T[] {
  return JSON.parse(runTool('/usr/sbin/ip', ['-j', ...args]) || '[]') as T[];
}

function perDevice(family: 'ipv4' | 'ipv6'): readonly string[] {
  const names = family === 'ipv4' ? ['forwarding'] : ['forwarding', 'accept_ra', 'disable_ipv6'];
  return readdirSync(`/proc/sys/net/${family}/conf`).flatMap((device) =>
    names.map((name) => `${family}/conf/${device}/${name}`),
  );
}
