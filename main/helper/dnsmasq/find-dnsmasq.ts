import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Places } from '../places.ts';
import { isErrno, readRootFile } from '../root-file.ts';
import { dnsmasqFile, dnsmasqFolder } from './dnsmasq-files.ts';
import { findDnsmasqUser } from './dnsmasq-user.ts';

/** The process that serves a bridge for this run folder, told by its command line, which names our file and nothing else; undefined: none does. */
export function findDnsmasq(places: Places, bridge: string): number | undefined {
  const conf = dnsmasqFile(places, bridge, 'conf');
  if (!existsSync(conf)) return undefined;
  const pid = Number(readRootFile(dnsmasqFile(places, bridge, 'pid'))?.trim());
  if (Number.isSafeInteger(pid) && isServing(pid, conf)) return pid;
  // A helper that was killed while dnsmasq started, or whoever removed the file, has left a process without one.
  return runningDnsmasqs().get(conf);
}

/** Whether this process is the dnsmasq of that configuration. A process that has ended but that nobody has waited for has no command line. */
export function isServing(pid: number, conf: string): boolean {
  return pid > 1 && confOf(pid) === conf;
}

/** The processes of a run folder that somebody has removed, which nobody would find otherwise. */
export function findAbandoned(places: Places): readonly number[] {
  if (existsSync(dnsmasqFolder(places))) return [];
  const ours = [...runningDnsmasqs()].filter(([conf]) => dirname(conf) === dnsmasqFolder(places));
  return ours.map(([, pid]) => pid);
}

/** Every dnsmasq that has a configuration and nothing else on its command line, by configuration. */
function runningDnsmasqs(): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^[1-9][0-9]*$/.test(name)) continue;
    const conf = confOf(Number(name));
    // Children answer questions over TCP; the parent was there first.
    if (conf !== undefined && !found.has(conf)) found.set(conf, Number(name));
  }
  return found;
}

function confOf(pid: number): string | undefined {
  try {
    const [program = '', option = '', ...more] = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    const prefix = '--conf-file=';
    if (!/\/dnsmasq$/.test(program) || !option.startsWith(prefix) || more.join('') !== '') return undefined;
    // Anybody can call a process of his own like this; ours is started by root.
    return startedByRoot(pid) ? option.slice(prefix.length) : undefined;
  } catch (error) {
    if (isErrno(error, 'ENOENT') || isErrno(error, 'ESRCH') || isErrno(error, 'EACCES')) return undefined;
    throw error;
  }
}

/** A user's own process shows as the user's; ours is root's, or of the user that dnsmasq becomes. */
function startedByRoot(pid: number): boolean {
  owners ??= new Set([0, findDnsmasqUser()?.uid ?? 0]);
  return owners.has(statSync(`/proc/${pid}`).uid);
}

let owners: ReadonlySet<number> | undefined;
