import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Places } from '../places.ts';
import { isErrno, readRootFile } from '../root-file.ts';
import { findServiceUser } from '../service-user.ts';
import { birthOf } from './birth-of.ts';
import { dnsmasqFile, dnsmasqFolder } from './dnsmasq-files.ts';

/** The process that serves a bridge for this run folder, told by its command line, which names our file and nothing else; undefined: none does. */
export function findDnsmasq(places: Places, bridge: string): number | undefined {
  const conf = dnsmasqFile(places, bridge, 'conf');
  if (!existsSync(conf)) return undefined;
  const pid = notedPid(places, bridge);
  if (pid !== undefined && confOf(pid) === conf) return pid;
  // A helper that was killed while dnsmasq started, or whoever removed the file, has left a process without one.
  return runningDnsmasqs().get(conf);
}

/** The process that served a bridge and is ending: it has no command line any more, but its sockets still. */
export function findDying(places: Places, bridge: string): number | undefined {
  const pid = notedPid(places, bridge);
  if (pid === undefined || birthOf(pid)?.command !== 'dnsmasq') return undefined;
  return readCommandLine(pid) === '' ? pid : undefined;
}

function notedPid(places: Places, bridge: string): number | undefined {
  const pid = Number(readRootFile(dnsmasqFile(places, bridge, 'pid'))?.trim());
  return Number.isSafeInteger(pid) && pid > 1 ? pid : undefined;
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
  const [program = '', option = '', ...more] = readCommandLine(pid)?.split('\0') ?? [];
  const prefix = '--conf-file=';
  if (!/\/dnsmasq$/.test(program) || !option.startsWith(prefix) || more.join('') !== '') return undefined;
  // Anybody can call a process of his own like this; ours is started by root.
  return startedByRoot(pid) ? option.slice(prefix.length) : undefined;
}

/** Undefined where there is no such process any more, or none that may be looked at. */
function readCommandLine(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch (error) {
    if (isErrno(error, 'ENOENT') || isErrno(error, 'ESRCH') || isErrno(error, 'EACCES')) return undefined;
    throw error;
  }
}

/** A user's own process shows as the user's; ours is root's, or of the user that dnsmasq becomes. */
function startedByRoot(pid: number): boolean {
  owners ??= new Set([0, findServiceUser('dnsmasq')?.uid ?? 0]);
  const stats = statSync(`/proc/${pid}`, { throwIfNoEntry: false });
  return stats !== undefined && owners.has(stats.uid);
}

let owners: ReadonlySet<number> | undefined;
