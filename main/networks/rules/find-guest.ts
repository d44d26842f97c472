import type { PortForward } from '../../../shared/network/network-document.ts';
import { staticHosts } from '../addresses/static-hosts.ts';
import type { ResolvedNetwork } from '../resolved-network.ts';
import { contains, familyOf, ownSubnets } from './own-subnet.ts';

const sameName = (one: string | undefined, other: string): boolean => one?.toLowerCase() === other.toLowerCase();

/**
 * The addresses of a port forward's guest, at most one of each family: static hosts go before leases. Only those in the network's own subnets count;
 * none: the guest has not been seen yet.
 */
export function findGuest(network: ResolvedNetwork, { guest }: PortForward): readonly string[] {
  const known = [...staticHosts(network), ...network.guestAddresses];
  const found =
    'address' in guest
      ? [guest.address]
      : known
          .filter(({ name, mac }) => ('mac' in guest ? mac === guest.mac : sameName(name, guest.name)))
          .map(({ address }) => address);
  const subnets = ownSubnets(network);
  const own = found.filter((address) => subnets.some((subnet) => contains(subnet, address)));
  return (['ipv4', 'ipv6'] as const).flatMap((family) =>
    own.filter((address) => familyOf(address) === family).slice(0, 1),
  );
}
