import { setTimeout } from 'node:timers/promises';
import type { Places } from '../places.ts';
import { isErrno, removeRootFile } from '../root-file.ts';
import { birthOf } from './birth-of.ts';
import { dnsmasqFile, fileKinds } from './dnsmasq-files.ts';
import { findDnsmasq, findDying } from './find-dnsmasq.ts';
import { unregisterDomain } from './register-domain.ts';

const politeMilliseconds = 3000;
const killedMilliseconds = 3000;

/** Ends a bridge's dnsmasq if it runs, and waits until it is gone and its ports are free. Leases stay. */
export async function stopDnsmasq(places: Places, bridge: string): Promise<void> {
  for (let pid = findDnsmasq(places, bridge); pid !== undefined; pid = findDnsmasq(places, bridge)) {
    send(pid, 'SIGTERM');
    if (await hasEnded(pid, politeMilliseconds)) continue;
    send(pid, 'SIGKILL');
    if (!(await hasEnded(pid, killedMilliseconds))) throw new Error(`process ${pid} (dnsmasq) cannot be killed`);
  }
}

/** Ends it and clears away all that it had in the run folder. */
export async function removeDnsmasq(places: Places, bridge: string): Promise<void> {
  await stopDnsmasq(places, bridge);
  await unregisterDomain(places, bridge);
  for (const kind of fileKinds) {
    const path = dnsmasqFile(places, bridge, kind);
    // Somebody who was killed before the renaming has left this one.
    removeRootFile(`${path}.new`);
    removeRootFile(path);
  }
}

/** Sends a signal to a process that may just have ended. */
export function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!isErrno(error, 'ESRCH')) throw error;
  }
}

/** Waits for a dnsmasq that somebody else has killed to let go of its ports. */
export async function awaitDying(places: Places, bridge: string): Promise<void> {
  const pid = findDying(places, bridge);
  if (pid !== undefined) await hasEnded(pid, killedMilliseconds);
}

async function hasEnded(pid: number, milliseconds: number): Promise<boolean> {
  const born = birthOf(pid)?.ticks;
  const end = performance.now() + milliseconds;
  for (let pause = 1; born !== undefined && birthOf(pid)?.ticks === born; pause = Math.min(2 * pause, 50)) {
    if (performance.now() > end) return false;
    await setTimeout(pause);
  }
  return true;
}
