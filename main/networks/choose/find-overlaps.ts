import { formatSubnet, overlap, type Subnet, subnetAround } from '../../../shared/net/subnet.ts';
import type { HostFacts, LinkKind } from '../../../shared/network/host-facts.ts';
import type { NetworkDocument } from '../../../shared/network/network-document.ts';
import { documentSubnets } from './document-subnets.ts';

/** What has addresses of a network's subnet too. */
export type Rival =
  | { readonly kind: 'address'; readonly device: string; readonly link: LinkKind; readonly subnet: string }
  | {
      readonly kind: 'route';
      readonly device: string | undefined;
      readonly link: LinkKind | undefined;
      readonly subnet: string;
    }
  | { readonly kind: 'network'; readonly name: string; readonly subnet: string };

export interface Overlap {
  readonly network: string;
  readonly subnet: string;
  readonly rival: Rival;
  /**
   * Guests or the host would lose somebody that they talk to now. Not set for a wider route, as of a VPN to all of 10.0.0.0/8: only those of its
   * addresses that the network takes are hidden.
   */
  readonly blocks: boolean;
}

interface Claim {
  readonly subnet: Subnet;
  readonly rival: Rival;
  readonly wide: boolean;
}

/** Everything that the host has addresses of or ways to, through other devices than `own`. */
function claimsOf({ links, addresses, routes }: HostFacts, own: ReadonlySet<string>): readonly Claim[] {
  const kindOf = (device: string): LinkKind => links.find(({ name }) => name === device)?.kind ?? 'other';
  const claims: Claim[] = [];
  for (const { device, address, prefix, scope } of addresses) {
    if (scope !== 'global' || own.has(device)) continue;
    const subnet = subnetAround(address, prefix);
    const rival: Rival = { kind: 'address', device, link: kindOf(device), subnet: formatSubnet(subnet) };
    claims.push({ subnet, rival, wide: false });
  }
  for (const { device, destination, prefix } of routes) {
    if (prefix === 0 || (device !== undefined && own.has(device))) continue;
    const subnet = subnetAround(destination, prefix);
    const text = formatSubnet(subnet);
    // The route that comes with an address says nothing more than the address.
    if (claims.some(({ rival }) => rival.kind === 'address' && rival.device === device && rival.subnet === text))
      continue;
    const link = device === undefined ? undefined : kindOf(device);
    claims.push({ subnet, rival: { kind: 'route', device, link, subnet: text }, wide: true });
  }
  return claims;
}

/**
 * Which networks have addresses that the host or another of these networks has too. What stands on the networks' own bridges is theirs.
 */
export function findOverlaps(facts: HostFacts, documents: readonly NetworkDocument[]): readonly Overlap[] {
  const own = new Set(
    documents.flatMap(({ bridge, forward }) =>
      bridge.name === undefined || forward.mode === 'bridge' ? [] : [bridge.name],
    ),
  );
  const claims = claimsOf(facts, own);
  const overlaps: Overlap[] = [];
  for (const [index, document] of documents.entries()) {
    const others = documents.filter((_, at) => at !== index);
    for (const subnet of documentSubnets(document)) {
      const found = { network: document.name, subnet: formatSubnet(subnet) };
      for (const claim of claims) {
        if (!overlap(subnet, claim.subnet)) continue;
        overlaps.push({ ...found, rival: claim.rival, blocks: !claim.wide || claim.subnet.prefix >= subnet.prefix });
      }
      for (const other of others) {
        const shared = documentSubnets(other).find((theirs) => overlap(subnet, theirs));
        if (shared === undefined) continue;
        const rival: Rival = { kind: 'network', name: other.name, subnet: formatSubnet(shared) };
        overlaps.push({ ...found, rival, blocks: true });
      }
    }
  }
  return overlaps;
}
