import { existsSync, mkdirSync } from 'node:fs';
import { runTool, tools } from '../run-tool.ts';

const labFolder = '/run/guestward-lab';
/** Where the lab's Guestward keeps its state and its run-time files; both lie on the lab's own tmpfs. */
export const stateFolder = `${labFolder}/state`;
export const runFolder = `${labFolder}/run`;

const hostState = '/var/lib/guestward';

const mount = (...args: readonly string[]) => runTool(tools.mount, args, { doing: 'Making mounts of its own' });

/** Puts a /run and a /sys in place that only the lab sees: lock files, `ip netns` and links are its own then. */
export async function makePrivateMounts(): Promise<void> {
  await mount('-t', 'tmpfs', '-o', 'mode=0755', 'guestward-lab', '/run');
  await mount('-t', 'sysfs', 'guestward-lab', '/sys');
  // What is in force on the host is out of reach, whatever the lab's Guestward is told.
  if (existsSync(hostState)) await mount('-t', 'tmpfs', '-o', 'mode=0700', 'guestward-lab', hostState);
  // dnsmasq, which is not root, reads its lists in the run-time folder.
  mkdirSync(labFolder, { mode: 0o755 });
  for (const folder of [stateFolder, runFolder]) mkdirSync(folder, { mode: 0o700 });
}

/** Makes /proc show the lab's processes by the numbers that they have in it. */
export async function mountOwnProc(): Promise<void> {
  await mount('-t', 'proc', 'guestward-lab', '/proc');
}
