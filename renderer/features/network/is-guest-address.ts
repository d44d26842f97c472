import { parseIpAddress } from '../../../shared/net/ip-address.ts';
import { isWithin, lastOf, subnetAround } from '../../../shared/net/subnet.ts';

/** The longest prefix that leaves a subnet of IPv4 an address of its own and one for all (RFC 3021). */
const longestWithBroadcast = 30;

/** Whether a guest of a network can have the address. `own`: the host's on its bridge, as 10.20.30.1/24; none, and nothing is known of it. */
export function isGuestAddress(text: string, own: readonly string[]): boolean {
  const address = parseIpAddress(text);
  if (address === undefined) return false;
  const blocks = own.map((each) => {
    const [host = '', prefix] = each.split('/');
    return { host: parseIpAddress(host), subnet: subnetAround(host, Number(prefix)) };
  });
  if (blocks.length === 0) return true;
  return blocks.some(({ host, subnet }) => {
    const isHost = host?.family === address.family && host.value === address.value;
    if (isHost || !isWithin(subnet, address)) return false;
    if (subnet.family === 'ipv6' || subnet.prefix > longestWithBroadcast) return true;
    return address.value !== subnet.base && address.value !== lastOf(subnet);
  });
}
