import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { NetworkNamespace } from '../kernel/rig/network-namespace.ts';
import { runTool } from '../kernel/rig/run-tool.ts';

/** What virsh printed and how it ended. */
export interface VirshAnswer {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A live libvirt that filters the devices of one network namespace; calls return when libvirt is done. */
export interface LibvirtPeer {
  /** Folder with the daemon's state, its log (`log`) and the copy of its configuration (`etc`). */
  readonly folder: string;
  readonly pid: number;
  virsh(...args: readonly string[]): VirshAnswer;
  /** As virsh nwfilter-define and its like, with the document given as text. */
  virshWith(verb: string, xml: string): VirshAnswer;
  defineFilter(xml: string): VirshAnswer;
  bind(dev: string, mac: string, filter: string, params: Readonly<Record<string, readonly string[]>>): VirshAnswer;
  unbind(dev: string): VirshAnswer;
  /** Ends the daemon and removes its folder; the kernel rules end with the namespace. */
  stop(): Promise<void>;
}

const LIBVIRTD = '/usr/sbin/libvirtd';
const VIRSH = '/usr/bin/virsh';
const START_LIMIT_MS = 20_000;

/** Which part of libvirt is asked. */
export type PeerDriver = 'nwfilter' | 'network';

/** Whether libvirt with this driver is on this machine. */
export function isLibvirtInstalled(wanted: PeerDriver = 'nwfilter'): boolean {
  return existsSync(LIBVIRTD) && existsSync(VIRSH) && findDriver(wanted) !== undefined;
}

/** Starts a libvirtd of its own inside `namespace`, on private state; undefined where libvirt is not installed. */
export async function startLibvirtPeer(
  namespace: NetworkNamespace,
  wanted: PeerDriver = 'nwfilter',
): Promise<LibvirtPeer | undefined> {
  const driver = findDriver(wanted);
  if (!isLibvirtInstalled(wanted) || driver === undefined) return undefined;

  const folder = mkdtempSync(join(tmpdir(), 'guestward-libvirt-'));
  const mounts = await holdMounts(namespace, folder);
  try {
    const daemon = startDaemon(namespace, mounts, folder, driver);
    const socket = join(folder, 'run/libvirt/libvirt-sock');
    const uri = `${wanted}+unix:///system?socket=${socket}`;
    await untilAnswering(daemon, uri, folder);
    return makePeer(folder, uri, daemon, mounts);
  } catch (error) {
    release(mounts, folder);
    throw error;
  }
}

function startDaemon(namespace: NetworkNamespace, mounts: ChildProcess, folder: string, driver: string): ChildProcess {
  const inside = ['--target', String(mounts.pid), '--mount', '--'];
  for (const [source, target] of prepareFolders(folder, driver)) {
    runTool('/usr/bin/nsenter', [...inside, '/usr/bin/mount', '--bind', source, target]);
  }
  // sysfs shows the devices of the namespace that mounted it.
  namespace.run(() => runTool('/usr/bin/nsenter', [...inside, '/usr/bin/mount', '-t', 'sysfs', 'sysfs', '/sys']));
  return namespace.run(() =>
    spawn('/usr/bin/nsenter', [...inside, '/usr/bin/setpriv', '--pdeathsig', 'TERM', LIBVIRTD], {
      stdio: ['ignore', 'ignore', 'ignore'],
      env: { ...process.env, LIBVIRT_DRIVER_DIR: join(folder, 'drivers'), LIBVIRT_LOG_OUTPUTS: logOutput(folder) },
      shell: false,
    }),
  );
}

function release(mounts: ChildProcess, folder: string): void {
  mounts.stdin?.end();
  rmSync(folder, { recursive: true });
}

function findDriver(wanted: PeerDriver): string | undefined {
  return globSync(`/usr/lib{64,}/{*/,}libvirt/connection-driver/libvirt_driver_${wanted}.so`)[0];
}

// cat ends when our end of its pipe does, so that the namespace goes even if this process is killed.
async function holdMounts(namespace: NetworkNamespace, folder: string): Promise<ChildProcess> {
  const holder = namespace.run(() =>
    spawn('/usr/bin/unshare', ['--mount', '--propagation', 'private', '/usr/bin/cat'], {
      stdio: ['pipe', 'pipe', 'inherit'],
      shell: false,
    }),
  );
  holder.stdin?.write(`${folder}\n`);
  // The echo comes from cat, thus from inside the new namespace.
  const ended = once(holder, 'exit').then(() => Promise.reject(new Error('unshare could not make a mount namespace')));
  if (holder.stdout) await Promise.race([once(holder.stdout, 'data'), ended]);
  return holder;
}

function prepareFolders(folder: string, driver: string): readonly (readonly [string, string])[] {
  for (const name of ['run', 'lib', 'cache', 'log', 'drivers']) mkdirSync(join(folder, name));
  cpSync('/etc/libvirt', join(folder, 'etc'), { recursive: true });
  // With the other drivers libvirtd would look for hypervisors, storage and networks to start.
  copyFileSync(driver, join(folder, 'drivers', basename(driver)));
  return [
    [join(folder, 'run'), '/run'],
    [join(folder, 'lib'), '/var/lib/libvirt'],
    [join(folder, 'cache'), '/var/cache/libvirt'],
    [join(folder, 'log'), '/var/log/libvirt'],
    [join(folder, 'etc'), '/etc/libvirt'],
  ];
}

function logOutput(folder: string): string {
  return `3:file:${join(folder, 'log/libvirtd.log')}`;
}

async function untilAnswering(daemon: ChildProcess, uri: string, folder: string): Promise<void> {
  const limit = AbortSignal.timeout(START_LIMIT_MS);
  while (runVirsh(uri, ['uri']).status !== 0) {
    if (daemon.exitCode !== null || limit.aborted) {
      daemon.kill();
      const log = join(folder, 'log/libvirtd.log');
      throw new Error(`libvirtd does not answer: ${existsSync(log) ? readFileSync(log, 'utf8') : 'no log'}`);
    }
    await setTimeout(20);
  }
}

function runVirsh(uri: string, args: readonly string[]): VirshAnswer {
  const done = spawnSync(VIRSH, ['--connect', uri, ...args], { encoding: 'utf8', shell: false });
  if (done.error) throw done.error;
  return { status: done.status ?? -1, stdout: done.stdout, stderr: done.stderr };
}

function makePeer(folder: string, uri: string, daemon: ChildProcess, mounts: ChildProcess): LibvirtPeer {
  const virsh = (...args: readonly string[]): VirshAnswer => runVirsh(uri, args);
  const virshWith = (verb: string, xml: string): VirshAnswer => {
    const file = join(folder, 'document.xml');
    writeFileSync(file, xml);
    return virsh(verb, file);
  };
  return {
    folder,
    pid: daemon.pid ?? 0,
    virsh,
    virshWith,
    defineFilter: (xml) => virshWith('nwfilter-define', xml),
    bind: (dev, mac, filter, params) => virshWith('nwfilter-binding-create', bindingXml(dev, mac, filter, params)),
    unbind: (dev) => virsh('nwfilter-binding-delete', dev),
    async stop() {
      const ended = once(daemon, 'exit');
      daemon.kill();
      await ended;
      release(mounts, folder);
    },
  };
}

// A list is written as one parameter element for each value (formatnwfilter.html, "Usage of variables in filters").
function bindingXml(
  dev: string,
  mac: string,
  filter: string,
  params: Readonly<Record<string, readonly string[]>>,
): string {
  const parameters = Object.entries(params).flatMap(([name, values]) =>
    values.map((value) => `<parameter name='${escapeAttribute(name)}' value='${escapeAttribute(value)}'/>`),
  );
  return [
    '<filterbinding>',
    '<owner><name>guest</name><uuid>4f8b5a36-3f2a-4d0e-9d4b-1c0f8a7e6d21</uuid></owner>',
    `<portdev name='${escapeAttribute(dev)}'/>`,
    `<mac address='${escapeAttribute(mac)}'/>`,
    `<filterref filter='${escapeAttribute(filter)}'>${parameters.join('')}</filterref>`,
    '</filterbinding>',
  ].join('\n');
}

function escapeAttribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll("'", '&apos;');
}
