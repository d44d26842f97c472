import { formatSubnet, subnetAround } from '../../../shared/net/subnet.ts';
import type { HostFacts } from '../../../shared/network/host-facts.ts';
import type { NetworkDocument } from '../../../shared/network/network-document.ts';
import type { Proposal } from '../../../shared/rpc/new-network.ts';
import { rivalText } from '../../engine/words/rival-text.ts';
import { documentSubnets } from '../../networks/choose/document-subnets.ts';

/** Who has which IPv4 subnets: devices' own, routes to elsewhere, and networks that are defined. Each subnet once. */
export function takenSubnets(
  { addresses, links, routes }: HostFacts,
  definitions: readonly NetworkDocument[],
): Proposal['taken'] {
  const own = new Set(definitions.flatMap(({ bridge }) => bridge.name ?? []));
  const kindOf = (device: string | undefined) => links.find(({ name }) => name === device)?.kind;
  const claims = [
    ...definitions.flatMap((document) =>
      documentSubnets(document).map((subnet) => ({
        family: subnet.family,
        subnet: formatSubnet(subnet),
        by: document.name,
      })),
    ),
    ...addresses
      .filter(({ device, scope }) => scope === 'global' && !own.has(device))
      .map(({ device, family, address, prefix }) => {
        const subnet = formatSubnet(subnetAround(address, prefix));
        return { family, subnet, by: rivalText({ kind: 'address', device, link: kindOf(device) ?? 'other', subnet }) };
      }),
    ...routes
      .filter(({ device, prefix }) => prefix > 1 && (device === undefined || !own.has(device)))
      .map(({ device, family, destination, prefix }) => {
        const subnet = formatSubnet(subnetAround(destination, prefix));
        return { family, subnet, by: rivalText({ kind: 'route', device, link: kindOf(device), subnet }) };
      }),
  ];
  const first = new Map<string, string>();
  for (const { family, subnet, by } of claims) if (family === 'ipv4' && !first.has(subnet)) first.set(subnet, by);
  return [...first].map(([subnet, by]) => ({ subnet, by }));
}
