import type { Inspection } from '../../../shared/plan/helper-protocol.ts';
import type { TakenPort } from '../../../shared/rpc/network.ts';
import type { StoredNetwork } from '../../engine/workspace.ts';

const documentOf = ({ live, persistent }: StoredNetwork) => (live ?? persistent)?.document;

/** Ports of the host that somebody has: processes that listen, and forwards of any network. */
export function takenPorts(
  listeners: Inspection['listeners'],
  networks: readonly StoredNetwork[],
): readonly TakenPort[] {
  const bridges = new Set(networks.flatMap((stored) => documentOf(stored)?.ips.map(({ address }) => address) ?? []));
  const isEverywhere = (address: string): boolean =>
    !/^(?:127\.|::1$|::ffff:127\.)/.test(address) && !bridges.has(address);
  return [
    ...listeners.map(
      ({ protocol, port, process, pid, address }): TakenPort => ({
        protocol,
        low: port,
        high: port,
        by: { kind: 'process', process, pid, address, everywhere: isEverywhere(address) },
      }),
    ),
    ...networks.flatMap((stored) =>
      (documentOf(stored)?.settings.forwards ?? []).map(
        ({ protocol, hostPorts }): TakenPort => ({
          protocol,
          ...hostPorts,
          by: { kind: 'forward', network: stored.name },
        }),
      ),
    ),
  ];
}
