import { toHex } from '../frames/bytes.ts';
import { ipPacket } from '../frames/ip.ts';
import { arpPacket, ethernetFrame, etherType } from '../frames/link.ts';
import { udpDatagram } from '../frames/transport.ts';
import { timeWrites } from './frame-loop.ts';
import type { Guest } from './guests.ts';
import { median, quickestTenth } from './median.ts';
import type { PortWorld } from './port-world.ts';

/** Ways of a frame between the first guest and the others. */
export const paths = ['broadcast', 'to-last', 'from-last'] as const;
export type Path = (typeof paths)[number];

/** Microseconds that one write to the sender's TAP takes. */
export type PathTimes = Readonly<Record<Path, number>>;

const broadcast = 0xffff_ffff_ffffn;
const udp = 17;

/** A guest asks who has the other's address, as itself. */
function arpRequest(sender: Guest, target: Guest): Uint8Array {
  const packet = arpPacket({
    hardwareType: 1,
    protocolType: etherType.ipv4,
    hardwareLength: 6,
    protocolLength: 4,
    opcode: 1,
    senderMac: sender.mac,
    senderIp: sender.ipv4,
    targetMac: 0n,
    targetIp: target.ipv4,
  });
  return ethernetFrame({ source: sender.mac, destination: broadcast }, etherType.arp, packet);
}

function datagram(sender: Guest, target: Guest): Uint8Array {
  const ends = { family: 'ipv4', source: sender.ipv4, destination: target.ipv4 } as const;
  const packet = ipPacket(ends, udp, udpDatagram(ends, { source: 40_000, destination: 40_001 }));
  return ethernetFrame({ source: sender.mac, destination: target.mac }, etherType.ipv4, packet);
}

/**
 * Frames that are timed together, and how often in a round: few enough that some batches run undisturbed. A TAP's queue takes 500 (TUN_READQ_SIZE of
 * drivers/net/tun.c); a full one would be cheaper than a real one.
 */
const batches: Readonly<Record<Path, { readonly size: number; readonly count: number }>> = {
  broadcast: { size: 20, count: 20 },
  'to-last': { size: 200, count: 20 },
  'from-last': { size: 200, count: 20 },
};

/** Lets the bridge learn where every guest is. */
export function teachBridge({ guests, taps, drainAll }: PortWorld): void {
  const [first] = guests as readonly [Guest];
  for (const [index, guest] of guests.entries()) taps[index]?.write(arpRequest(guest, first));
  drainAll();
}

/** Measures every path, in batches after each of which the receivers' queues are emptied; each frame has to arrive. */
export function timePaths(world: PortWorld): PathTimes {
  return {
    broadcast: timePath(world, 'broadcast'),
    'to-last': timePath(world, 'to-last'),
    'from-last': timePath(world, 'from-last'),
  };
}

function timePath({ guests, taps, drainAll }: PortWorld, path: Path): number {
  const last = guests.length - 1;
  const [from, to] = path === 'from-last' ? [last, 0] : [0, last];
  const [sender, target] = [guests[from] as Guest, guests[to] as Guest];
  const frame = path === 'broadcast' ? arpRequest(sender, target) : datagram(sender, target);
  const receives = (port: number): boolean => (path === 'broadcast' ? port !== from : port === to);
  const { size, count } = batches[path];
  const times = Array.from({ length: count }, () => {
    const time = timeWrites(taps[from]?.fd as number, frame, size);
    for (const [port, frames] of drainAll().entries()) {
      const expected = receives(port) ? size : 0;
      if (frames !== expected) throw new Error(`port ${port} got ${frames} of ${expected} frames ${toHex(frame)}`);
    }
    return time;
  });
  return quickestTenth(times);
}

/** The middle of several measurements, each path for itself. */
export function medianPaths(times: readonly PathTimes[]): PathTimes {
  const of = (path: Path): number => median(times.map((time) => time[path]));
  return { broadcast: of('broadcast'), 'to-last': of('to-last'), 'from-last': of('from-last') };
}
