import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** Who waits at this port on the address, or on all, in words; undefined where it cannot be found out. */
export function findPortHolder(address: string, port: number): string | undefined {
  const sockets = ['tcp', 'udp', 'tcp6', 'udp6'].flatMap((table) => readSockets(`/proc/self/net/${table}`));
  const inodes = sockets
    .filter((socket) => socket.port === port && (/^0+$/.test(socket.address) || socket.address === kernelHex(address)))
    .map((socket) => `socket:[${socket.inode}]`);
  const pid = inodes.length === 0 ? undefined : findHolder(new Set(inodes));
  return pid === undefined ? undefined : `${commandOf(pid)} (process ${pid})`;
}

function readSockets(path: string) {
  const [, ...rows] = (readText(path) ?? '').trim().split('\n');
  return rows.map((row) => {
    // proc_net_tcp.txt of the kernel: number, local address, remote address, state, queues, timer, retransmits, uid, timeout, inode.
    const columns = row.trim().split(/\s+/);
    const [address = '', port = ''] = columns[1]?.split(':') ?? [];
    return { address, port: Number.parseInt(port, 16), inode: columns[9] };
  });
}

/** An IPv4 address as the kernel of a little-endian machine prints it; others never match. */
function kernelHex(address: string): string {
  const octets = address.split('.').reverse();
  return octets.map((octet) => Number(octet).toString(16).padStart(2, '0').toUpperCase()).join('');
}

function findHolder(sockets: ReadonlySet<string>): number | undefined {
  const pids = readdirSync('/proc').filter((name) => /^[1-9][0-9]*$/.test(name));
  return pids.map(Number).find((pid) => descriptorsOf(pid).some((link) => sockets.has(link)));
}

/** Without those that were closed meanwhile; none for a process that has ended. */
function descriptorsOf(pid: number): readonly string[] {
  const folder = `/proc/${pid}/fd`;
  const names = attempt(() => readdirSync(folder)) ?? [];
  return names.flatMap((fd) => attempt(() => readlinkSync(`${folder}/${fd}`)) ?? []);
}

function commandOf(pid: number): string {
  return (readText(`/proc/${pid}/comm`) ?? '').replace(/[^ -~]/g, '').trim() || 'a process';
}

function readText(path: string): string | undefined {
  return attempt(() => readFileSync(path, 'utf8'));
}

/** What is under /proc can be gone, or closed to root of a user namespace. */
function attempt<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}
