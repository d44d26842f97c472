import { readFileSync } from 'node:fs';

interface Environment {
  readonly [name: string]: string | undefined;
}

const numeric = /^[0-9]{1,10}$/;

/** A user by name, as passwd(5) has it, or by number; undefined where there is none. */
export function findUser(text: string, passwd = '/etc/passwd'): number | undefined {
  if (numeric.test(text)) return Number(text) < 0xffff_ffff ? Number(text) : undefined;
  const line = readFileSync(passwd, 'utf8')
    .split('\n')
    .find((each) => each.startsWith(`${text}:`));
  const uid = line?.split(':')[2] ?? '';
  return text !== '' && numeric.test(uid) ? Number(uid) : undefined;
}

/** Who typed the command, through sudo(8) or pkexec(1) too. */
export function callingUser({ SUDO_UID = '', PKEXEC_UID = '' }: Environment): number {
  const behind = [SUDO_UID, PKEXEC_UID].find((uid) => numeric.test(uid));
  return process.getuid?.() === 0 && behind !== undefined ? Number(behind) : (process.getuid?.() ?? 0);
}
