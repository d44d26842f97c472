import { formatIpAddress, parseIpAddress } from '../../../shared/net/ip-address.ts';
import { isWithin, type Subnet, subnetAround } from '../../../shared/net/subnet.ts';
import type { IpBlock, IpFamily, NetworkDocument } from '../../../shared/network/network-document.ts';

/** An address of the old subnet as it is in the new one; any other stays as it is. */
export type Move = (address: string) => string;

export interface Renumbered {
  readonly document: NetworkDocument;
  readonly move: Move;
  readonly from: Subnet;
}

const familyOf = (address: string): IpFamily => (address.includes(':') ? 'ipv6' : 'ipv4');

/** Addresses keep their place in the subnet: .100 of the old one is .100 of the new one. */
function moveTo(from: Subnet, to: Subnet): Move {
  return (text) => {
    if (familyOf(text) !== from.family) return text;
    const address = parseIpAddress(text);
    if (address === undefined || !isWithin(from, address)) return text;
    return formatIpAddress({ family: from.family, value: to.base + (address.value - from.base) });
  };
}

function moveBlock(block: IpBlock, move: Move, from: Subnet, to: Subnet): IpBlock {
  const own = subnetAround(block.address, block.prefix);
  const { dhcp } = block;
  return {
    ...block,
    address: move(block.address),
    prefix: own.family === from.family && own.base === from.base ? to.prefix : block.prefix,
    dhcp: dhcp && {
      ...dhcp,
      ranges: dhcp.ranges.map((range) => ({ ...range, low: move(range.low), high: move(range.high) })),
      hosts: dhcp.hosts.map((host) => ({ ...host, address: move(host.address) })),
      bootp: dhcp.bootp && {
        ...dhcp.bootp,
        server: dhcp.bootp.server === undefined ? undefined : move(dhcp.bootp.server),
      },
    },
  };
}

/**
 * Moves a network's first subnet of the new one's family, with everything in the definition that speaks of its addresses; undefined where the new
 * subnet has no room for the old one, or the network has no address of that family.
 */
export function renumber(document: NetworkDocument, to: Subnet): Renumbered | undefined {
  const first = document.ips.find(({ family }) => family === to.family);
  if (first === undefined || to.prefix > first.prefix) return undefined;
  const from = subnetAround(first.address, first.prefix);
  const move = moveTo(from, to);
  const { dns, settings } = document;
  return {
    from,
    move,
    document: {
      ...document,
      ips: document.ips.map((block) => moveBlock(block, move, from, to)),
      dns: {
        ...dns,
        hosts: dns.hosts.map((host) => ({ ...host, address: move(host.address) })),
        forwarders: dns.forwarders.map((forwarder) =>
          forwarder.address === undefined ? forwarder : { ...forwarder, address: move(forwarder.address) },
        ),
      },
      routes: document.routes.map((route) => {
        // A wider destination only begins where the subnet does.
        const inside = route.family === from.family && route.prefix >= from.prefix;
        return { ...route, address: inside ? move(route.address) : route.address, gateway: move(route.gateway) };
      }),
      settings: {
        ...settings,
        forwards: settings.forwards.map((forward) =>
          'address' in forward.guest ? { ...forward, guest: { address: move(forward.guest.address) } } : forward,
        ),
      },
    },
  };
}
