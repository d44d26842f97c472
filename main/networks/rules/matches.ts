import type { IpFamily, Range, TransportProtocol } from '../../../shared/network/network-document.ts';
import type { FieldName } from '../../../shared/plan/field-table.ts';
import type { Match } from '../../../shared/plan/ruleset.ts';
import type { OwnSubnet } from './own-subnet.ts';

export const protocolNumbers = { icmp: 1, tcp: 6, udp: 17, icmpv6: 58 } as const;

const addressFields = {
  ipv4: { saddr: 'ip saddr', daddr: 'ip daddr' },
  ipv6: { saddr: 'ip6 saddr', daddr: 'ip6 daddr' },
} as const satisfies Readonly<Record<IpFamily, Readonly<Record<'saddr' | 'daddr', FieldName>>>>;

export function addressField(family: IpFamily, side: 'saddr' | 'daddr') {
  return addressFields[family][side];
}

/** The address lies within the subnet, or, with !=, does not; either way the packet is of the subnet's family. */
export function inSubnet(
  { family, network, mask }: OwnSubnet,
  side: 'saddr' | 'daddr',
  operator: '==' | '!=' = '==',
): Match {
  return { match: 'compare', field: addressField(family, side), operator, value: network, mask };
}

export function addressIs(
  family: IpFamily,
  side: 'saddr' | 'daddr',
  value: string,
  operator: '==' | '!=' = '==',
): Match {
  return { match: 'compare', field: addressField(family, side), operator, value };
}

/** NFPROTO_IPV4 and NFPROTO_IPV6 of linux/netfilter.h. */
export function familyIs(family: IpFamily): Match {
  return { match: 'compare', field: 'meta nfproto', operator: '==', value: family === 'ipv4' ? '2' : '10' };
}

export function protocolIs(protocol: keyof typeof protocolNumbers): Match {
  return { match: 'compare', field: 'meta l4proto', operator: '==', value: `${protocolNumbers[protocol]}` };
}

export function portsAre(protocol: TransportProtocol, { low, high }: Range<number>): readonly Match[] {
  const ports: Match =
    low === high
      ? { match: 'compare', field: 'th dport', operator: '==', value: `${low}` }
      : { match: 'range', field: 'th dport', operator: '==', low: `${low}`, high: `${high}` };
  return [protocolIs(protocol), ports];
}

export function comesBy(device: string, operator: '==' | '!=' = '=='): Match {
  return { match: 'interface', key: 'iifname', operator, device };
}

export function leavesBy(device: string, operator: '==' | '!=' = '=='): Match {
  return { match: 'interface', key: 'oifname', operator, device };
}

/** Part of a connection that stands, or an error about one. */
export const established: Match = { match: 'ct-state', states: ['established', 'related'] };
export const turned: Match = { match: 'ct-status', status: 'dnat' };
