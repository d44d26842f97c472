import { parseIpv4 } from '../../../shared/net/ipv4.ts';
import { formatSubnet, subnetAround } from '../../../shared/net/subnet.ts';
import type { HostFacts } from '../../../shared/network/host-facts.ts';
import type { NetworkDocument } from '../../../shared/network/network-document.ts';
import type { Port } from '../../../shared/network/port.ts';
import { hostsOf } from '../../networks/choose/pin-guests.ts';
import type { GuestAddress, ResolvedNetwork, Uplink } from '../../networks/resolved-network.ts';

const unique = <T>(values: readonly T[]): readonly T[] => [...new Set(values)];

/** The LAN behind the device that a network of mode lan shares: without an address there the LAN is not known, and nothing is let through. */
function findUplink(
  { forward }: NetworkDocument,
  { addresses, routes, uplinks, dhcpServers }: HostFacts,
): Uplink | undefined {
  const device = forward.dev ?? uplinks.ipv4 ?? uplinks.ipv6;
  if (device === undefined) return undefined;
  const own = addresses.filter((each) => each.device === device && each.scope === 'global' && each.prefix > 0);
  const slaac = own.filter(({ family, prefix }) => family === 'ipv6' && prefix === 64);
  const ofSubnet = new Map(slaac.map(({ address }) => [formatSubnet(subnetAround(address, 64)), address]));
  if (own.length === 0) return undefined;
  const gateways = routes.flatMap((route) =>
    route.device === device && route.prefix === 0 && route.gateway !== undefined ? [route.gateway] : [],
  );
  return {
    device,
    subnets: unique(own.map(({ address, prefix }) => formatSubnet(subnetAround(address, prefix)))),
    reserved: unique([...own.map(({ address }) => address), ...gateways]),
    address: own.find(({ family }) => family === 'ipv4')?.address,
    // The last of each subnet is the oldest: temporary addresses (RFC 8981) are younger, and the kernel lists them before it.
    ipv6: [...ofSubnet.values()],
    // On a LAN of homes and small offices it is the router, so that is who is asked where the host's own client says nothing.
    dhcpServer: dhcpServers[device] ?? gateways.find((gateway) => parseIpv4(gateway) !== undefined),
  };
}

/** Guests that are known by the name of their port, where the static host knows the MAC address alone. */
function portAddresses(document: NetworkDocument, ports: readonly Port[]): readonly GuestAddress[] {
  return ports
    .filter((port) => port.network === document.name && port.guest !== undefined)
    .flatMap(({ guest, mac }) =>
      hostsOf(document, { mac, name: guest }, []).map(({ address }) => ({ name: guest, mac, address })),
    );
}

/** A started network with everything that rules and setup are made of. */
export function resolveNetwork(document: NetworkDocument, ports: readonly Port[], facts: HostFacts): ResolvedNetwork {
  const { uuid, bridge } = document;
  // Chosen when the network was defined or started, and for mode bridge wanted by the reader.
  if (uuid === undefined || bridge.name === undefined) throw new Error(`The network ${document.name} is not settled.`);
  return {
    ...document,
    uuid,
    bridge: { ...bridge, name: bridge.name, mac: bridge.mac ?? 0n },
    guestAddresses: portAddresses(document, ports),
    uplink: document.forward.mode === 'lan' ? findUplink(document, facts) : undefined,
  };
}
