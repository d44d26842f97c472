import { readFileSync } from 'node:fs';
import { isErrno } from '../root-file.ts';

/** A process that still has its sockets, told from a later one of the same number. */
export interface Birth {
  /** In clock ticks since the machine's start. */
  readonly ticks: string;
  readonly command: string;
}

/**
 * Undefined once a process is gone or nobody has waited for it yet. Its command line is empty earlier: the kernel takes away its memory, then its files
 * (do_exit in kernel/exit.c), so that who trusts the command line finds the port still taken.
 */
export function birthOf(pid: number): Birth | undefined {
  const stat = readStat(pid);
  if (stat === undefined) return undefined;
  // proc_pid_stat(5): the name may hold spaces and parentheses; the state is field 3, the start field 22.
  const end = stat.lastIndexOf(')');
  const [state = '', ...fields] = stat.slice(end + 2).split(' ');
  if (/^[ZXx]$/.test(state)) return undefined;
  return { command: stat.slice(stat.indexOf('(') + 1, end), ticks: fields[18] ?? '' };
}

function readStat(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch (error) {
    if (isErrno(error, 'ENOENT') || isErrno(error, 'ESRCH')) return undefined;
    throw error;
  }
}
