import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import type { Place } from '../lab-options.ts';
import { tools } from '../run-tool.ts';
import type { Room } from './room.ts';

/** Opens the user's shell in a guest and returns its exit status. */
export function openShell(room: Room, place: Place): Promise<number> {
  const wanted = process.env['SHELL'] ?? '';
  const shell = wanted.startsWith('/') && existsSync(wanted) ? wanted : '/bin/sh';
  // Ctrl-C is the shell's while it is open.
  const child = spawn(tools.nsenter, [`--net=/proc/${room[place].pid}/ns/net`, shell], {
    stdio: 'inherit',
    shell: false,
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

/** How to get into the lab from another terminal, one line each. */
export function waysIn(room: Room): string {
  const asRoot = process.env['SUDO_USER'] === undefined ? '' : 'sudo ';
  const user = isInUserNamespace() ? '-U --preserve-credentials ' : '';
  const enter = (pid: number) => `${asRoot}nsenter ${user}-m -p -n -t ${pid}`;
  return [
    ...[room.g1, room.g2, room.lan].map(({ name, hostPid }) => `  ${name.padEnd(9)}${enter(hostPid)}`),
    `  gateway  ${enter(room.hostPid)}`,
    '',
  ].join('\n');
}

/** user_namespaces(7): the initial one maps every user number to itself. */
function isInUserNamespace(): boolean {
  return readFileSync('/proc/self/uid_map', 'utf8').trim().split(/\s+/).join(' ') !== '0 0 4294967295';
}
