import { createNetworkNamespace, type NetworkNamespace } from '../../kernel/rig/network-namespace.ts';
import { runTool } from '../../kernel/rig/run-tool.ts';
import { type Machine, startMachine } from './machine.ts';

export const lanAddress = '192.0.2.2';
const hostAddress = '192.0.2.1';

/** A host in a network namespace, with a LAN of one machine behind its uplink. */
export interface World {
  readonly namespace: NetworkNamespace;
  readonly lan: Machine;
  /** Runs ip(8) on the host. */
  ip(...args: readonly string[]): void;
  close(): void;
}

export async function makeWorld(): Promise<World> {
  const namespace = createNetworkNamespace();
  const ip = (...args: readonly string[]): void => {
    namespace.run(() => runTool('/usr/sbin/ip', args));
  };
  const lan = startMachine();
  ip('link', 'set', 'dev', 'lo', 'up');
  lan.plugIn(namespace, 'uplink', '52:54:00:aa:00:02');
  ip('address', 'add', `${hostAddress}/24`, 'dev', 'uplink');
  ip('link', 'set', 'dev', 'uplink', 'up');
  ip('route', 'add', 'default', 'via', lanAddress);
  lan.ip('address', 'add', `${lanAddress}/24`, 'dev', 'eth0');
  await lan.serve();
  return {
    namespace,
    lan,
    ip,
    close() {
      lan.close();
      namespace.close();
    },
  };
}
