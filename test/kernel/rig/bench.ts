import { writeFileSync } from 'node:fs';
import { createNetworkNamespace, type NetworkNamespace } from './network-namespace.ts';
import { runTool } from './run-tool.ts';
import { openTap, type Tap } from './tap.ts';

/** A frame and the way it goes, seen from the guest: `out` is written by the guest, `in` by its peer. */
export interface BenchFrame {
  readonly dir: 'in' | 'out';
  readonly hex: string;
}

/** P: the frame arrived unchanged at the other port. D: it did not. */
export type Passage = 'P' | 'D';

/** Bridge br0 with the guest's port vnet0 and the open peer's port vnet1, in a network namespace of its own. */
export interface Bench {
  readonly namespace: NetworkNamespace;
  readonly guest: Tap;
  readonly peer: Tap;
  verdict(frame: BenchFrame): Passage;
  /** Forgets every connection, as between two guests that never met. */
  flushConntrack(): void;
  destroy(): void;
}

export const guestPort = 'vnet0';
export const peerPort = 'vnet1';
const bridge = 'br0';

// A frame crosses a Linux bridge within the write itself; the wait only covers work that went to another processor.
const WAIT_MS = 4;

/** Builds the bench on which the recorded verdicts were measured; `destroy` leaves nothing of it. */
export function createBench(): Bench {
  const namespace = createNetworkNamespace();
  const { guest, peer } = namespace.run(() => {
    makeBridge();
    return { guest: addPort(guestPort), peer: addPort(peerPort) };
  });

  return {
    namespace,
    guest,
    peer,
    verdict: ({ dir, hex }) => (dir === 'out' ? pass(guest, peer, hex) : pass(peer, guest, hex)),
    flushConntrack: () => namespace.run(() => runTool('/usr/sbin/conntrack', ['--flush'])),
    destroy() {
      guest.close();
      peer.close();
      namespace.close();
    },
  };
}

function makeBridge(): void {
  ip(`link add ${bridge} type bridge stp_state 0 mcast_snooping 0 forward_delay 0`);
  disableIpv6(bridge);
  ip('link set lo up', `address add 10.33.0.1/16 dev ${bridge}`, `link set ${bridge} up`);
  setSysctl('net/bridge/bridge-nf-call-iptables', '1');
  setSysctl('net/bridge/bridge-nf-call-ip6tables', '1');
}

/** Creates a TAP in the namespace of the calling thread and makes it a port of br0 that floods and never learns. */
export function addPort(name: string): Tap {
  const tap = openTap(name);
  disableIpv6(name);
  ip(
    `link set ${name} master ${bridge}`,
    `link set ${name} type bridge_slave learning off flood on`,
    `link set ${name} up`,
  );
  return tap;
}

// An IPv6 address would make the kernel send neighbour and multicast reports of its own between the frames.
function disableIpv6(device: string): void {
  setSysctl(`net/ipv6/conf/${device}/disable_ipv6`, '1');
}

function setSysctl(key: string, value: string): void {
  writeFileSync(`/proc/sys/${key}`, value);
}

function ip(...commands: readonly string[]): void {
  runTool('/usr/sbin/ip', ['-batch', '-'], `${commands.join('\n')}\n`);
}

function pass(from: Tap, to: Tap, hex: string): Passage {
  const frame = Buffer.from(hex, 'hex');
  drain(from);
  drain(to);
  from.write(frame);
  // Answers of the bridge's own address reach both ports and are not the frame that is looked for.
  for (let received = to.read(WAIT_MS); received; received = to.read(WAIT_MS)) {
    if (received.equals(frame)) return 'P';
  }
  return 'D';
}

function drain(tap: Tap): void {
  while (tap.read(0)) {
    // Frames left over from before say nothing about the next one.
  }
}
