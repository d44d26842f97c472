import { addressBits, parseIpAddress } from '../../../shared/net/ip-address.ts';
import { parseIpv4 } from '../../../shared/net/ipv4.ts';
import { prefixLength } from '../../../shared/net/netmask.ts';
import type { IpFamily } from '../../../shared/network/network-document.ts';
import type { Reader } from './reader.ts';
import { integer, type Kind } from './value-kinds.ts';

const netmask: Kind<number> = {
  expected: 'a netmask such as 255.255.255.0',
  parse: (text) => {
    const mask = parseIpv4(text);
    return mask === undefined || mask === 0n ? undefined : prefixLength(mask, 32);
  },
};

/** As libvirt fills it in: the address's class for IPv4 (RFC 791), 64 for IPv6, and everything for the address 0. */
function defaultPrefix(family: IpFamily, address: string): number | undefined {
  const value = parseIpAddress(address)?.value ?? 0n;
  if (value === 0n) return 0;
  if (family === 'ipv6') return 64;
  const firstOctet = Number(value >> 24n);
  if (firstOctet < 128) return 8;
  if (firstOctet < 192) return 16;
  return firstOctet < 224 ? 24 : undefined;
}

/** The length that prefix or netmask of `<ip>` or `<route>` say; undefined where, reported, it cannot be told. */
export function parsePrefix(reader: Reader, family: IpFamily, address: string): number | undefined {
  const { name } = reader.element;
  if (reader.has('netmask') && reader.has('prefix')) {
    reader.refuse('netmask', `<${name}> has both a netmask and a prefix.`, 'one of them', 'duplicate-attribute');
    return undefined;
  }
  if (reader.has('netmask')) {
    if (family === 'ipv4') return reader.read('netmask', netmask);
    reader.refuse('netmask', 'IPv6 has no netmasks.', 'prefix', 'no-effect');
    return undefined;
  }
  if (reader.has('prefix')) {
    // libvirt takes 0 for "not given".
    const written = reader.read('prefix', integer(0, addressBits[family]));
    return written === 0 ? defaultPrefix(family, address) : written;
  }
  const prefix = defaultPrefix(family, address);
  if (prefix === undefined) reader.refuse('address', 'The address is of no class that has a netmask.', 'a prefix');
  return prefix;
}
