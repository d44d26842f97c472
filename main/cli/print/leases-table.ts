import type { HeldLease } from '../../networks/leases/held-leases.ts';
import { printable } from './printable.ts';
import { formatTable } from './table.ts';

const two = (number: number): string => String(number).padStart(2, '0');

/** Local time as virsh writes it: `%Y-%m-%d %H:%M:%S`; a lease for good ends where time begins. */
function timeText(seconds = 0): string {
  const date = new Date(seconds * 1000);
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
}

/** What virsh net-dhcp-leases prints: by MAC address, and of one guest's as they come. */
export function leasesTable(leases: readonly HeldLease[], withHeading: boolean): string {
  const sorted = leases.toSorted((a, b) => {
    const [left, right] = [a.mac ?? '', b.mac ?? ''];
    return left < right ? -1 : left > right ? 1 : 0;
  });
  return formatTable(
    ['Expiry Time', 'MAC address', 'Protocol', 'IP address', 'Hostname', 'Client ID or DUID'],
    sorted.map(({ expires, mac, family, address, prefix, hostname, clientId }) => [
      timeText(expires),
      mac ?? '-',
      family,
      `${address}/${prefix}`,
      hostname === undefined ? '-' : printable(hostname).replaceAll('\n', '?'),
      clientId ?? '-',
    ]),
    withHeading,
  );
}
