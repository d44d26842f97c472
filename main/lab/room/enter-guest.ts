import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import type { Place } from '../lab-options.ts';
import { enterVariable, labVariables } from '../role.ts';
import { tools } from '../run-tool.ts';
import type { Room } from './room.ts';

/** Opens the user's shell in a guest and returns its exit status. */
export function openShell(room: Room, place: Place): Promise<number> {
  const wanted = process.env['SHELL'] ?? '';
  const shell = wanted.startsWith('/') && existsSync(wanted) ? wanted : '/bin/sh';
  const child = spawn(tools.nsenter, [`--net=/proc/${room[place].pid}/ns/net`, shell], {
    stdio: 'inherit',
    env: environmentOfShell(),
    shell: false,
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

/** Without what would make a lab that is started in this shell take itself for this one. */
function environmentOfShell(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !labVariables.includes(name)));
}

/** How to get into the lab from another terminal, one line each. */
export function waysIn(room: Room): string {
  const enter = (pid: number) => `${process.env[enterVariable]} -m -p -n -t ${pid}`;
  return [
    ...[room.g1, room.g2, room.lan].map(({ name, hostPid }) => `  ${name.padEnd(9)}${enter(hostPid)}`),
    `  gateway  ${enter(room.hostPid)}`,
    '',
  ].join('\n');
}
