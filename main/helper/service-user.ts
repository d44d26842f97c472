import { readFileSync } from 'node:fs';

/** As whom a program runs that has no need to be root. */
export interface ServiceUser {
  readonly name: string;
  readonly group: string;
  readonly uid: number;
  readonly gid: number;
}

interface Accounts {
  readonly passwd: string;
  readonly group: string;
  readonly uidMap: string;
  readonly gidMap: string;
}

/** The programs that the distribution has users for. */
type Service = 'dnsmasq' | 'tcpdump';

/**
 * The user that the distribution made for the program, or nobody. null where neither exists to this namespace: root of a user namespace of one user
 * cannot become anybody else (user_namespaces(7)), and has no power to lose.
 */
export function findServiceUser(service: Service, accounts: Accounts = readAccounts()): ServiceUser | null {
  for (const name of [service, 'nobody']) {
    const user = rows(accounts.passwd).find(([each]) => each === name);
    const uid = number(user?.[2]);
    const gid = number(user?.[3]);
    const group = rows(accounts.group).find((row) => number(row[2]) === gid)?.[0];
    if (uid === undefined || gid === undefined || group === undefined || uid === 0) continue;
    if (isMapped(uid, accounts.uidMap) && isMapped(gid, accounts.gidMap)) return { name, group, uid, gid };
  }
  return null;
}

function readAccounts(): Accounts {
  const read = (path: string) => readFileSync(path, 'utf8');
  return {
    passwd: read('/etc/passwd'),
    group: read('/etc/group'),
    uidMap: read('/proc/self/uid_map'),
    gidMap: read('/proc/self/gid_map'),
  };
}

function rows(text: string): readonly (readonly string[])[] {
  return text.split('\n').map((row) => row.split(':'));
}

function number(text: string | undefined): number | undefined {
  return text !== undefined && /^[0-9]{1,10}$/.test(text) ? Number(text) : undefined;
}

function isMapped(id: number, map: string): boolean {
  return map
    .trim()
    .split('\n')
    .map((row) => row.trim().split(/\s+/).map(Number))
    .some(([inside = 0, , count = 0]) => id >= inside && id < inside + count);
}
