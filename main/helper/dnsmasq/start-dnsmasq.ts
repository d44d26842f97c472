import { closeSync, fchmodSync, fchownSync, lstatSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { HelperFailure } from '../../../shared/plan/helper-failure.ts';
import { fail, type Outcome, succeed } from '../../../shared/plan/outcome.ts';
import type { DnsmasqText } from '../../../shared/plan/write-dnsmasq.ts';
import type { Places } from '../places.ts';
import { createRootFile, readRootFile, removeRootFile, replaceRootFile } from '../root-file.ts';
import { runTool } from '../run-tool.ts';
import type { ServiceUser } from '../service-user.ts';
import { findTool } from '../tools.ts';
import { dnsmasqFile } from './dnsmasq-files.ts';
import { findDnsmasq } from './find-dnsmasq.ts';
import { findPortHolder } from './port-holder.ts';
import { awaitDying, send, stopDnsmasq } from './stop-dnsmasq.ts';

const maxWords = 4096;

/** What one network's dnsmasq is to be like. */
export interface WantedDnsmasq {
  readonly network: string;
  readonly bridge: string;
  readonly text: DnsmasqText;
  readonly user: ServiceUser | null;
}

/**
 * Has dnsmasq serve a bridge like this: started where it is not running, started again where its configuration is another, told to read its lists again
 * where only they have changed. Killed in between, the next call finds the work still to be done.
 */
export async function bringAbout(places: Places, wanted: WantedDnsmasq): Promise<Outcome<void, HelperFailure>> {
  const { bridge, text } = wanted;
  const conf = dnsmasqFile(places, bridge, 'conf');
  let pid = findDnsmasq(places, bridge);
  if (pid !== undefined && readRootFile(conf) !== text.conf) {
    // No process is ever left beside a configuration that is not its own.
    await stopDnsmasq(places, bridge);
    pid = undefined;
  }
  writeLists(places, wanted);
  const stale = dnsmasqFile(places, bridge, 'stale');
  if (pid === undefined) {
    removeRootFile(stale);
    await awaitDying(places, bridge);
    replaceRootFile(conf, text.conf, { durable: false });
    return start(places, wanted, conf);
  }
  if (readRootFile(stale) !== undefined) {
    send(pid, 'SIGHUP');
    removeRootFile(stale);
  }
  return succeed(undefined);
}

/** dnsmasq goes into the background when it has its sockets, so that its status tells whether it serves. */
async function start(
  places: Places,
  { network, bridge }: WantedDnsmasq,
  conf: string,
): Promise<Outcome<void, HelperFailure>> {
  const program = findTool('dnsmasq');
  if (!program.ok) return program;
  const run = await runTool(program.value, [`--conf-file=${conf}`]);
  const words = dnsmasqFile(places, bridge, 'words');
  if (run.status === 0) {
    removeRootFile(words);
    return succeed(undefined);
  }
  const message = wordsOf(run.stderr) || `it ended with status ${run.status}`;
  replaceRootFile(words, message, { durable: false });
  const holder = holderOfPort(message);
  return fail({ kind: 'dnsmasq-failed', network, message, ...(holder === undefined ? {} : { holder }) });
}

function wordsOf(stderr: string): string {
  const lines = stderr.split('\n').map((line) => line.replace(/^dnsmasq: /, '').trim());
  return lines
    .filter((line) => line !== '')
    .join('; ')
    .replace(/[^ -~]/g, '?')
    .slice(0, maxWords);
}

/** Whoever has what dnsmasq's words say that it cannot have. */
function holderOfPort(words: string): string | undefined {
  const dns = /listening socket for (\S+): Address already in use/.exec(words)?.[1];
  if (dns !== undefined) return findPortHolder(dns, 53);
  return /bind DHCP server socket: Address already in use/.test(words) ? findPortHolder('0.0.0.0', 67) : undefined;
}

function writeLists(places: Places, { bridge, text, user }: WantedDnsmasq): void {
  const lists = [
    { path: dnsmasqFile(places, bridge, 'hosts'), content: text.hosts },
    { path: dnsmasqFile(places, bridge, 'names'), content: text.addnHosts },
  ];
  const changed = lists.filter(({ path, content }) => readRootFile(path) !== content || !isReadable(path, user));
  if (changed.length === 0) return;
  replaceRootFile(dnsmasqFile(places, bridge, 'stale'), '', { durable: false });
  for (const { path, content } of changed) publish(path, content, user);
}

/** Puts a file in place that dnsmasq's group can read and root alone can write. */
function publish(path: string, content: string, user: ServiceUser | null): void {
  const temporary = `${path}.new`;
  const fd = createRootFile(temporary);
  try {
    writeFileSync(fd, content);
    if (user !== null) fchownSync(fd, 0, user.gid);
    fchmodSync(fd, 0o640);
  } finally {
    closeSync(fd);
  }
  renameSync(temporary, path);
}

function isReadable(path: string, user: ServiceUser | null): boolean {
  const { gid, mode } = lstatSync(path);
  return (mode & 0o777) === 0o640 && (user === null || gid === user.gid);
}

/** Why dnsmasq's user could not read its lists: a folder on the way that lets root alone through. */
export function closedFolder(path: string, user: ServiceUser | null): string | undefined {
  if (user === null) return undefined;
  if ((lstatSync(path).mode & 0o001) === 0) return path;
  return path === '/' ? undefined : closedFolder(dirname(path), user);
}
