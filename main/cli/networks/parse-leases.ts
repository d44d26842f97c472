import { formatMac, parseMac } from '../../../shared/net/mac.ts';
import { formatAddress, parseAddress } from '../../networks/choose/subnet.ts';
import type { ShownLease } from '../print/leases-table.ts';

/** The last six bytes of a DUID that was made of an Ethernet address (RFC 8415, 11.2 and 11.4). */
function macOf(duid: string): string | undefined {
  const [, bytes] =
    /^(?:00:01:00:01(?::[0-9a-f]{2}){4}|00:03:00:01):((?:[0-9a-f]{2}:){5}[0-9a-f]{2})$/.exec(duid) ?? [];
  return bytes;
}

const given = (text: string): string | undefined => (text === '' || text === '*' ? undefined : text);

/**
 * dnsmasq's lease file: a lease a line, of expiry (0: for good), MAC address (in IPv6 leases the IAID), address, name and client id, the last two `*`
 * where unknown; the line `duid` stands before the leases of IPv6.
 */
export function parseLeases(text: string): readonly Omit<ShownLease, 'prefix'>[] {
  return text.split('\n').flatMap((line) => {
    const [expiry = '', hardware = '', leased = '', name = '', id = '', ...rest] = line.split(' ');
    const family = leased.includes(':') ? ('ipv6' as const) : ('ipv4' as const);
    const address = parseAddress(leased, family);
    if (!/^[0-9]{1,12}$/.test(expiry) || address === undefined || rest.length > 0) return [];
    const mac = parseMac(hardware);
    return {
      expires: expiry === '0' ? undefined : Number(expiry),
      mac: family === 'ipv6' ? macOf(id) : mac === undefined ? undefined : formatMac(mac),
      family,
      address: formatAddress(address, family),
      hostname: given(name),
      clientId: given(id),
    };
  });
}
