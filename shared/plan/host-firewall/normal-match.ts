import { formatIpv4, parseIpv4 } from '../../net/ipv4.ts';
import { formatIpv6, parseIpv6 } from '../../net/ipv6.ts';
import { prefixLength } from '../../net/netmask.ts';
import type { HostMatch, HostMatchKey } from './host-rules.ts';

/** A match with its values in one form, whichever program printed them. */
export function normalMatch(key: HostMatchKey, values: readonly string[], negated = false): HostMatch {
  return { key, negated, values: [...new Set(values.map((value) => normalValue(key, value)))].sort() };
}

/** Two lists of matches that say the same have the same words. nft leaves the family out where the protocol is of one alone. */
export function matchWords(matches: readonly HostMatch[]): string {
  const isOfOneFamily = matches.some(({ key, values }) => key === 'protocol' && /^icmp(?:v6)?$/.test(values.join()));
  const told = isOfOneFamily ? matches.filter(({ key }) => key !== 'family') : matches;
  const words = told.map(({ key, negated, values }) => `${negated ? '!' : ''}${key}=${values.join(',')}`);
  return [...new Set(words)].sort().join(' ');
}

function normalValue(key: HostMatchKey, value: string): string {
  switch (key) {
    case 'saddr':
    case 'daddr':
      return normalAddress(value);
    case 'iif':
    case 'oif':
      return value.endsWith('+') ? `${value.slice(0, -1)}*` : value;
    case 'protocol':
      return protocolNames[value] ?? value;
    case 'sport':
    case 'dport':
      return normalPorts(value);
    case 'ct-state':
      return value.toLowerCase();
    default:
      return value;
  }
}

const protocolNames: Readonly<Record<string, string>> = {
  'ipv6-icmp': 'icmpv6',
  1: 'icmp',
  6: 'tcp',
  17: 'udp',
  58: 'icmpv6',
};

function normalPorts(value: string): string {
  const [low = '', high = low] = value.replace(':', '-').split('-');
  return low === high ? low : `${low}-${high}`;
}

function normalAddress(value: string): string {
  const [address = '', length] = value.split('/');
  if (length === undefined) return address.split('-').map(plainAddress).join('-');
  const width = address.includes(':') ? 128 : 32;
  // iptables writes a mask out where it is no prefix.
  const mask = /^\d+$/.test(length) ? Number(length) : maskLength(length, width);
  return mask === width ? plainAddress(address) : `${plainAddress(address)}/${mask ?? length}`;
}

function maskLength(text: string, width: number): number | undefined {
  const mask = width === 32 ? parseIpv4(text) : parseIpv6(text);
  return mask === undefined ? undefined : prefixLength(mask, width);
}

function plainAddress(text: string): string {
  const v4 = parseIpv4(text);
  if (v4 !== undefined) return formatIpv4(v4);
  const v6 = parseIpv6(text);
  return v6 === undefined ? text : formatIpv6(v6);
}
