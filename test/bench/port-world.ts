import { writeFileSync } from 'node:fs';
import { createNetworkNamespace, type NetworkNamespace } from '../kernel/rig/network-namespace.ts';
import { runTool } from '../kernel/rig/run-tool.ts';
import { openTap, type Tap } from '../kernel/rig/tap.ts';
import { drain } from './frame-loop.ts';
import { type Guest, makeGuests } from './guests.ts';

/** Guests on the TAP ports of one bridge, in a network namespace of their own. */
export interface PortWorld {
  readonly namespace: NetworkNamespace;
  readonly guests: readonly Guest[];
  readonly taps: readonly Tap[];
  /** Takes what the guests were sent from their queues, and returns how many frames each got. */
  drainAll(): readonly number[];
  close(): void;
}

const bridge = 'br0';

export function createPortWorld(ports: number): PortWorld {
  const namespace = createNetworkNamespace();
  const guests = makeGuests(ports);
  const taps = namespace.run(() => {
    ip([`link add ${bridge} type bridge stp_state 0 mcast_snooping 0 forward_delay 0`, `link set ${bridge} up`]);
    setSysctl(`net/ipv6/conf/${bridge}/disable_ipv6`, '1');
    // The kernel's own IPv6 reports would lie between the frames.
    setSysctl('net/ipv6/conf/default/disable_ipv6', '1');
    const opened = guests.map(({ device }) => openTap(device));
    ip(guests.flatMap(({ device }) => [`link set ${device} master ${bridge}`, `link set ${device} up`]));
    return opened;
  });
  return {
    namespace,
    guests,
    taps,
    drainAll: () => taps.map(({ fd }) => drain(fd)),
    close() {
      for (const tap of taps) tap.close();
      namespace.close();
    },
  };
}

function setSysctl(key: string, value: string): void {
  writeFileSync(`/proc/sys/${key}`, value);
}

function ip(commands: readonly string[]): void {
  runTool('/usr/sbin/ip', ['-batch', '-'], `${commands.join('\n')}\n`);
}
