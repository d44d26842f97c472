import { readFileSync } from 'node:fs';

/** The name of a user as passwd(5) has it, or the number where it has none. */
export function userName(uid: number, passwd = '/etc/passwd'): string {
  const line = readFileSync(passwd, 'utf8')
    .split('\n')
    .find((each) => each.split(':')[2] === String(uid));
  return line?.split(':')[0] || String(uid);
}
