import { closeSync, existsSync, openSync, readlinkSync } from 'node:fs';
import { CLONE_NEWNET, setns, unshare } from './libc.ts';

/** A network namespace of its own, gone when it is closed and nothing runs in it any more. */
export interface NetworkNamespace {
  /** Runs `work` inside. Programs that it starts, and TAPs that it opens, belong to the namespace; `work` must not await. */
  run<T>(work: () => T): T;
  /** Path that nsenter(1) and ip(8) take, valid while this process lives. */
  readonly path: string;
  close(): void;
}

/** What tells the host's network namespace from a private one. */
export interface NetworkView {
  /** Identity of the calling thread's namespace, as readlink of /proc/thread-self/ns/net gives it. */
  readonly own: string;
  /** That of process 1; undefined where it is closed to us, which it may be even to root. */
  readonly ofInit: string | undefined;
  /** Whether this is the namespace that the kernel started with. */
  readonly initial: boolean;
}

/** Throws if this thread stands in the host's own network namespace. */
export function requirePrivateNetwork(view: NetworkView = viewNetwork()): void {
  if (view.initial || view.own === view.ofInit) {
    throw new Error(
      'This would change the network of this host. Start it in a namespace of its own: unshare --net --mount npx vitest run test/kernel',
    );
  }
}

function viewNetwork(): NetworkView {
  return {
    // Namespaces belong to threads: /proc/self is the main thread's, which need not be the calling one.
    own: readlinkSync('/proc/thread-self/ns/net'),
    ofInit: networkOfInit(),
    // Linux registers this sysctl (net/core/sysctl_net_core.c, net_core_table) for the initial namespace only.
    initial: existsSync('/proc/sys/net/core/netdev_max_backlog'),
  };
}

function networkOfInit(): string | undefined {
  try {
    return readlinkSync('/proc/1/ns/net');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EACCES') return undefined;
    throw error;
  }
}

/** Makes a fresh network namespace beside the private one that this process was started in. */
export function createNetworkNamespace(): NetworkNamespace {
  requirePrivateNetwork();
  const home = openSync('/proc/thread-self/ns/net', 'r');
  unshare(CLONE_NEWNET);
  const inside = openSync('/proc/thread-self/ns/net', 'r');
  setns(home, CLONE_NEWNET);

  return {
    path: `/proc/${process.pid}/fd/${inside}`,
    run(work) {
      setns(inside, CLONE_NEWNET);
      try {
        return work();
      } finally {
        setns(home, CLONE_NEWNET);
      }
    },
    close() {
      closeSync(inside);
      closeSync(home);
    },
  };
}
