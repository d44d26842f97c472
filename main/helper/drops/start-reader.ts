import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { Readable } from 'node:stream';
import type { HelperFailure } from '../../../shared/plan/helper-failure.ts';
import { fail, type Outcome, succeed } from '../../../shared/plan/outcome.ts';
import { findServiceUser, type ServiceUser } from '../service-user.ts';
import { findTool } from '../tools.ts';

/** tcpdump(8) at work. */
export interface DropReader {
  readonly child: ChildProcessByStdio<null, Readable, Readable>;
  /** Its last words, once it has ended. */
  readonly ended: Promise<string>;
}

const maxWords = 2000;

/**
 * What binding to a group takes, and nothing else: CAP_NET_ADMIN (nfnetlink_rcv). tcpdump is not root for one instruction, and so can be told to die
 * with us, which a program that changes its user forgets (prctl(2), PR_SET_PDEATHSIG).
 */
function setprivArgs({ uid, gid }: ServiceUser): readonly string[] {
  return [
    ...['--reuid', `${uid}`, '--regid', `${gid}`, '--clear-groups'],
    ...['--inh-caps', '-all,+net_admin', '--ambient-caps', '-all,+net_admin', '--bounding-set', '-all,+net_admin'],
    ...['--no-new-privs', '--pdeathsig', 'KILL'],
  ];
}

/** Starts to read a group; done as soon as tcpdump listens, so that nothing is missed from then on. */
export async function startReader(group: number): Promise<Outcome<DropReader, HelperFailure>> {
  const tcpdump = findTool('tcpdump');
  if (!tcpdump.ok) return tcpdump;
  const setpriv = findTool('setpriv');
  if (!setpriv.ok) return setpriv;
  // Started as root it becomes another user by itself, which root of a namespace of one user cannot (user_namespaces(7)).
  const user = findServiceUser('tcpdump');
  if (user === null) return fail({ kind: 'one-user', program: 'tcpdump' });
  // -U -w -: every packet at once, as pcap.
  const reading = [tcpdump.value, '-i', `nflog:${group}`, '-n', '-U', '-w', '-'];
  const child = spawn(setpriv.value, [...setprivArgs(user), ...reading], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { LC_ALL: 'C' },
    cwd: '/',
    shell: false,
    detached: true,
  });
  let words = '';
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', () => resolve(words.trim()));
  });
  const listens = new Promise<boolean>((resolve) => {
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      words = (words + text).slice(-maxWords);
      if (words.includes('listening on')) resolve(true);
    });
    void ended.then(() => resolve(false));
  });
  if (await listens) return succeed({ child, ended });
  const message = (await ended) || 'it ended without a word';
  return fail(isTaken(group) ? { kind: 'drop-log-taken' } : { kind: 'tool-failed', program: tcpdump.value, message });
}

/** Whether somebody reads the group, as the kernel says: a line each, beginning with its number. tcpdump says of all troubles the same. */
function isTaken(group: number): boolean {
  try {
    const lines = readFileSync('/proc/self/net/netfilter/nfnetlink_log', 'utf8').split('\n');
    return lines.some((line) => Number(line.trim().split(/\s+/)[0]) === group);
  } catch {
    return false;
  }
}
