import type { IpFamily } from '../../../shared/network/network-document.ts';
import type { Accept } from '../../../shared/plan/network-setup.ts';
import type { ResolvedNetwork } from '../resolved-network.ts';
import { findGuest } from './find-guest.ts';
import { familyOf, type OwnSubnet, ownSubnets } from './own-subnet.ts';

const port = (number: number) => ({ low: number, high: number });

/** Guests among themselves, with or without an address of the host's: br_netfilter shows bridged packets to the host's FORWARD. */
function amongGuests(bridge: string): readonly Accept[] {
  return (['ipv4', 'ipv6'] as const).map((family) => ({ hook: 'forward', family, iif: bridge, oif: bridge }));
}

/** Without its neighbours nobody is reached by IPv6. */
function neighbours(bridge: string): readonly Accept[] {
  const icmpv6 = { family: 'ipv6', protocol: 'icmpv6' } as const;
  return [
    { ...icmpv6, hook: 'input', iif: bridge },
    { ...icmpv6, hook: 'output', oif: bridge },
  ];
}

/** DHCP and DNS, and in IPv6 the neighbours without which nothing is reached. */
function ownServices({ dns, ips }: ResolvedNetwork, bridge: string, family: IpFamily): readonly Accept[] {
  const [server, client] = family === 'ipv4' ? [67, 68] : [547, 546];
  const into = { hook: 'input', family, iif: bridge } as const;
  const out = { hook: 'output', family, oif: bridge } as const;
  const tftp = ips.some((ip) => ip.family === family && ip.tftpRoot !== undefined);
  return [
    { ...into, protocol: 'udp', dports: port(server) },
    ...(dns.enabled
      ? (['udp', 'tcp'] as const).map((protocol): Accept => ({ ...into, protocol, dports: port(53) }))
      : []),
    ...(tftp ? [{ ...into, protocol: 'udp', dports: port(69) } as const] : []),
    ...(family === 'ipv6' ? [{ ...into, protocol: 'icmpv6' } as const, { ...out, protocol: 'icmpv6' } as const] : []),
    { ...into, connection: 'established' },
    { ...out, protocol: 'udp', dports: port(client) },
    { ...out, connection: 'established' },
  ];
}

/** The host's services that an openings list names. */
function openings({ settings }: ResolvedNetwork, bridge: string, { family, cidr }: OwnSubnet): readonly Accept[] {
  return (settings.openings ?? []).map(({ protocol, ports }) => ({
    hook: 'input',
    family,
    iif: bridge,
    saddr: cidr,
    protocol,
    dports: { low: ports.low, high: ports.high },
  }));
}

/** What the kind forwards out of a subnet and into it. */
function throughHost(
  { forward, uplink }: ResolvedNetwork,
  bridge: string,
  { family, cidr }: OwnSubnet,
): readonly Accept[] {
  const { mode } = forward;
  const device = mode === 'lan' ? uplink?.device : forward.dev;
  if (mode === 'isolated' || (mode === 'lan' && device === undefined)) return [];
  const out: Accept = {
    hook: 'forward',
    family,
    iif: bridge,
    ...(device === undefined ? {} : { oif: device }),
    saddr: cidr,
  };
  const into: Accept = {
    hook: 'forward',
    family,
    ...(device === undefined ? {} : { iif: device }),
    oif: bridge,
    daddr: cidr,
  };
  return [out, mode === 'nat' ? { ...into, connection: 'established' } : into];
}

/** Port forwards: which of them are let in is judged by the network's own rules. */
function portForwards(network: ResolvedNetwork, bridge: string): readonly Accept[] {
  const { mode } = network.forward;
  const guests = network.settings.forwards.flatMap((forward) =>
    findGuest(network, forward).map((address) => ({ address, protocol: forward.protocol, dports: forward.guestPorts })),
  );
  const accepts = guests.flatMap(({ address, protocol, dports: { low, high } }): readonly Accept[] => {
    const family = familyOf(address);
    const guest = `${address}/${family === 'ipv4' ? 32 : 128}`;
    const led = { family, oif: bridge, daddr: guest, protocol, dports: { low, high }, connection: 'dnat' } as const;
    const answers = { hook: 'forward', family, iif: bridge, saddr: guest, connection: 'established' } as const;
    return [
      ...(mode === 'isolated' ? [] : [{ ...led, hook: 'forward' } as const, answers]),
      { ...led, hook: 'output' },
    ];
  });
  return accepts;
}

/** The LAN's server answers a DHCP relay, not the guest. */
function relayed({ uplink }: ResolvedNetwork, bridge: string): readonly Accept[] {
  if (uplink?.dhcpServer === undefined) return [];
  const dhcp = { family: 'ipv4', protocol: 'udp', dports: port(67) } as const;
  return [
    { ...dhcp, hook: 'input', iif: bridge },
    { ...dhcp, hook: 'input', iif: uplink.device, saddr: `${uplink.dhcpServer}/32` },
    { ...dhcp, hook: 'output', oif: uplink.device, daddr: `${uplink.dhcpServer}/32` },
    { hook: 'output', family: 'ipv4', oif: bridge, protocol: 'udp', dports: port(68) },
  ];
}

/**
 * What the network's kind promises and the host's own INPUT, FORWARD or OUTPUT would eat by default. They let nothing through that the network's own
 * rules refuse.
 */
export function promisedAccepts(network: ResolvedNetwork): readonly Accept[] {
  const bridge = network.bridge.name;
  const { mode } = network.forward;
  if (mode === 'bridge') return amongGuests(bridge);
  const subnets = ownSubnets(network);
  const families = [...new Set(subnets.map(({ family }) => family))];
  const open = (['ipv4', 'ipv6'] as const).flatMap((family): readonly Accept[] => [
    { hook: 'forward', family, iif: bridge },
    { hook: 'forward', family, oif: bridge },
  ]);
  const all: readonly Accept[] = [
    ...amongGuests(bridge),
    ...(mode === 'lan' && families.includes('ipv6') ? neighbours(bridge) : []),
    ...(mode === 'lan' ? relayed(network, bridge) : families.flatMap((family) => ownServices(network, bridge, family))),
    ...subnets.flatMap((subnet) => openings(network, bridge, subnet)),
    ...(mode === 'open' ? open : subnets.flatMap((subnet) => throughHost(network, bridge, subnet))),
    ...portForwards(network, bridge),
  ];
  return [...new Map(all.map((accept) => [JSON.stringify(accept), accept])).values()];
}
