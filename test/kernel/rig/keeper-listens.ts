import { readFileSync } from 'node:fs';
import { keeperOf } from './end-keeper.ts';
import type { NetworkNamespace } from './network-namespace.ts';

/** NETLINK_NETFILTER of linux/netlink.h. */
const netfilter = '12';

/** Whether the keeper of this run folder hears what happens to rules: its child, nft monitor, has a netlink socket that is in groups. */
export function keeperListens(namespace: NetworkNamespace, runDir: string): boolean {
  const pid = keeperOf(runDir);
  if (pid === undefined) return false;
  const [monitor] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
  const sockets = namespace.run(() => readFileSync('/proc/thread-self/net/netlink', 'utf8'));
  return sockets.split('\n').some((line) => {
    const [, protocol, port, groups] = line.trim().split(/\s+/);
    return protocol === netfilter && port === monitor && groups !== '00000000';
  });
}
