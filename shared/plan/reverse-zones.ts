import { parseIpv4 } from '../net/ipv4.ts';
import { parseIpv6 } from '../net/ipv6.ts';

/** The zones of the addresses' names (RFC 1035 section 3.5, RFC 3596 section 2.5) that together are exactly this prefix. */
export function reverseZones(prefix: string): readonly string[] {
  const [address = '', length = ''] = prefix.split('/');
  const ipv4 = parseIpv4(address);
  const value = ipv4 ?? parseIpv6(address);
  if (value === undefined || length === '') throw new Error(`not a prefix: ${JSON.stringify(prefix)}`);
  const kind = ipv4 === undefined ? ipv6Zones : ipv4Zones;
  const labels = Math.ceil(Number(length) / kind.bits);
  const free = BigInt(labels * kind.bits - Number(length));
  const start = value >> BigInt(kind.width - Number(length));
  return Array.from({ length: 1 << Number(free) }, (_, index) => {
    const digits = (start << free) | BigInt(index);
    const names = Array.from({ length: labels }, (_, place) =>
      ((digits >> BigInt(place * kind.bits)) & kind.mask).toString(kind.radix),
    );
    return [...names, kind.root].join('.');
  });
}

const ipv4Zones = { width: 32, bits: 8, mask: 0xffn, radix: 10, root: 'in-addr.arpa' } as const;
const ipv6Zones = { width: 128, bits: 4, mask: 0xfn, radix: 16, root: 'ip6.arpa' } as const;
