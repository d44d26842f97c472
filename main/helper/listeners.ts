import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import type { Inspection } from '../../shared/plan/helper-protocol.ts';

type Listener = Inspection['listeners'][number];
interface Socket {
  readonly protocol: 'tcp' | 'udp';
  readonly address: string;
  readonly port: number;
  readonly inode: string;
}

/** The state of a TCP socket that waits for connections (include/net/tcp_states.h). */
const listening = '0A';
/** Of a UDP socket that is not connected to anybody. */
const unconnected = '07';

const tables = [
  { file: 'tcp', protocol: 'tcp', state: listening },
  { file: 'tcp6', protocol: 'tcp', state: listening },
  { file: 'udp', protocol: 'udp', state: unconnected },
  { file: 'udp6', protocol: 'udp', state: unconnected },
] as const;

/** The processes that wait for packets in our network namespace (man proc_pid_net), each with its sockets. */
export function readListeners(): readonly Listener[] {
  const sockets = tables.flatMap(({ file, protocol, state }) =>
    parseSocketTable(readOr(() => readFileSync(`/proc/self/net/${file}`, 'utf8')) ?? '', protocol, state),
  );
  const owners = findOwners(new Set(sockets.map(({ inode }) => inode)));
  return sockets.map(({ inode, ...socket }) => ({ ...socket, ...(owners.get(inode) ?? { process: '', pid: 0 }) }));
}

/** Reads a table such as /proc/net/tcp: the second word of a line is address and port, the fourth the state, the tenth the inode. */
export function parseSocketTable(text: string, protocol: 'tcp' | 'udp', wanted: string): readonly Socket[] {
  return text.split('\n').flatMap((line) => {
    const [, local = '', , state, , , , , , inode = ''] = line.trim().split(/\s+/);
    const [, words, port] = /^((?:[0-9A-F]{8}){1,4}):([0-9A-F]{4})$/.exec(local) ?? [];
    if (words === undefined || port === undefined || state !== wanted) return [];
    return [{ protocol, address: readAddress(words), port: Number.parseInt(port, 16), inode }];
  });
}

/** Words of 32 bits in the machine's order of bytes, which is little-endian wherever Guestward runs. */
function readAddress(words: string): string {
  const bytes = (words.match(/.{8}/g) ?? []).flatMap((word) => (word.match(/../g) ?? []).reverse());
  if (bytes.length === 4) return bytes.map((byte) => Number.parseInt(byte, 16)).join('.');
  const groups = (bytes.join('').match(/.{4}/g) ?? []).map((group) => Number.parseInt(group, 16).toString(16));
  // As inet_ntop(3) has the two that everybody knows; others are rare enough to be written out.
  const text = groups.join(':');
  return text === '0:0:0:0:0:0:0:0' ? '::' : text === '0:0:0:0:0:0:0:1' ? '::1' : text;
}

/** Which process has which socket open; of several that share one, the first. */
function findOwners(
  inodes: ReadonlySet<string>,
): ReadonlyMap<string, { readonly process: string; readonly pid: number }> {
  const owners = new Map<string, { readonly process: string; readonly pid: number }>();
  const pids = (readOr(() => readdirSync('/proc')) ?? []).filter((name) => /^\d+$/.test(name));
  for (const pid of pids) {
    for (const fd of readOr(() => readdirSync(`/proc/${pid}/fd`)) ?? []) {
      const [, inode] = /^socket:\[(\d+)\]$/.exec(readOr(() => readlinkSync(`/proc/${pid}/fd/${fd}`)) ?? '') ?? [];
      if (inode === undefined || !inodes.has(inode) || owners.has(inode)) continue;
      const process = readOr(() => readFileSync(`/proc/${pid}/comm`, 'utf8'))?.trim() ?? '';
      owners.set(inode, { process, pid: Number(pid) });
    }
  }
  return owners;
}

/** Processes end while they are looked at. */
function readOr<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
