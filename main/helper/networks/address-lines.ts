import type { Setups } from '../../../shared/plan/fold-networks.ts';
import type { NetworkSetup } from '../../../shared/plan/network-setup.ts';
import type { Links } from './observe-links.ts';
import type { Line } from './run-batch.ts';

type Address = NetworkSetup['addresses'][number];

/** New addresses before old ones go, so that a subnet that stays keeps its routes. Addresses that no setup has named are somebody else's. */
export function addressLines(wanted: Setups, known: readonly Setups[], links: Links): readonly Line[] {
  return Array.from(wanted).flatMap(([network, { link, addresses }]) => {
    if (link === undefined) return [];
    const { bridge } = link;
    const standing = links.get(bridge)?.addresses ?? [];
    const missing = addresses.filter((address) => !standing.some((other) => isSame(other, address)));
    const former = known
      .flatMap((setups) => [...setups.values()])
      .flatMap((setup) => (setup.link?.bridge === bridge ? setup.addresses : []));
    const stale = standing.filter(
      (address) =>
        !addresses.some((other) => isSame(other, address)) &&
        [...former, ...addresses].some((other) => other.address === address.address),
    );
    // The kernel has no two entries of one address and prefix, so one whose route is to change goes first.
    const replaced = stale.filter((address) => missing.some((other) => isEqualPlace(other, address)));
    const old = stale.filter((address) => !replaced.includes(address));
    return [
      ...replaced.map((address) => removal(bridge, address)),
      ...missing.map((address) => addition(bridge, address)),
      ...old.map((address) => removal(bridge, address)),
    ].map((text) => ({ network, text }));
  });
}

function addition(bridge: string, { address, prefix, prefixRoute }: Address): string {
  const route = prefixRoute ? '' : ' noprefixroute';
  if (address.includes(':')) return `address add ${address}/${prefix} dev ${bridge} nodad${route}`;
  return `address add ${address}/${prefix}${prefix < 31 ? ' broadcast +' : ''} dev ${bridge}${route}`;
}

function removal(bridge: string, { address, prefix }: Address): string {
  return `address delete ${address}/${prefix} dev ${bridge}`;
}

function isSame(one: Address, other: Address): boolean {
  return isEqualPlace(one, other) && one.prefixRoute === other.prefixRoute;
}

function isEqualPlace(one: Address, other: Address): boolean {
  return one.address === other.address && one.prefix === other.prefix;
}
