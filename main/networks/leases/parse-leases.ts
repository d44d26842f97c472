import { parseIpv4 } from '../../../shared/net/ipv4.ts';
import { parseIpv6 } from '../../../shared/net/ipv6.ts';
import { formatMac, parseMac } from '../../../shared/net/mac.ts';

/** An address that a guest has been given. */
export interface Lease {
  /** Seconds since 1970; 0: it does not end. */
  readonly expiry: number;
  /** Absent for IPv6, where dnsmasq writes down the number of the guest's association instead. */
  readonly mac?: string;
  readonly address: string;
  /** What the guest calls itself, or was called: only what a host can be called. */
  readonly hostname?: string;
  /** Client identifier (IPv4) or DUID (IPv6), as pairs of digits with colons between. */
  readonly clientId?: string;
  readonly family: 'ipv4' | 'ipv6';
  /** IPv6: the association's number (RFC 8415, IAID). */
  readonly iaid?: number;
}

/** More than a dnsmasq of ours ever writes. */
const maxLeases = 200_000;
const maxLineLength = 2048;

/**
 * Reads dnsmasq's lease file (lease_update_file in its lease.c): `EXPIRY MAC ADDRESS NAME CLIENT-ID`, and after a line `duid …` the same for IPv6 with
 * the association's number in the MAC's place, a T before it for a temporary address. Names are chosen by guests; a line that is not of this form is left out.
 */
export function parseLeases(text: string): readonly Lease[] {
  const leases: Lease[] = [];
  for (let start = 0; start < text.length && leases.length < maxLeases; ) {
    const found = text.indexOf('\n', start);
    const end = found === -1 ? text.length : found;
    const lease = end - start > maxLineLength ? undefined : parseLine(text.slice(start, end));
    if (lease !== undefined) leases.push(lease);
    start = end + 1;
  }
  return leases;
}

function parseLine(line: string): Lease | undefined {
  const [expiry = '', hardware = '', address = '', name = '', id = '', ...more] = line.split(' ');
  if (more.length > 0 || !/^[0-9]{1,12}$/.test(expiry)) return undefined;
  const guest = {
    expiry: Number(expiry),
    address,
    ...(isHostName(name) ? { hostname: name } : {}),
    ...(/^[0-9a-f]{2}(?::[0-9a-f]{2}){0,254}$/i.test(id) ? { clientId: id.toLowerCase() } : {}),
  };
  if (parseIpv4(address) !== undefined) {
    // Another kind of hardware than Ethernet is written with its number and a dash before.
    const mac = parseMac(hardware);
    return { ...guest, family: 'ipv4', ...(mac === undefined ? {} : { mac: formatMac(mac) }) };
  }
  if (parseIpv6(address) === undefined || !/^T?[0-9]{1,10}$/.test(hardware)) return undefined;
  return { ...guest, family: 'ipv6', iaid: Number(hardware.replace('T', '')) };
}

/** As dnsmasq writes one down, which has its own letters; `*` stands for none. */
function isHostName(name: string): boolean {
  return /^[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,253})$/.test(name);
}
