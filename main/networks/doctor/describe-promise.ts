import type { Accept } from '../../../shared/plan/network-setup.ts';

/** What a promise is to a person: the subject of "is dropped". */
export function describePromise({ hook, iif, oif, protocol, dports, connection, family }: Accept): string {
  const ip = family === 'ipv4' ? 'IPv4' : 'IPv6';
  const port = dports?.low;
  if (hook === 'input' && protocol === 'udp' && (port === 67 || port === 547)) return `guests' DHCP requests (${ip})`;
  if (hook === 'output' && protocol === 'udp' && (port === 68 || port === 546)) return `DHCP answers (${ip})`;
  if (hook === 'input' && port === 53) return `guests' DNS questions (${ip})`;
  if (hook === 'input' && connection === 'established') return `guests' answers to the host (${ip})`;
  if (hook === 'input' && protocol === 'icmpv6') return "guests' search for neighbours (IPv6)";
  if (hook === 'input') return `what guests send to services of the host (${ip})`;
  if (connection === 'dnat') return `what comes through port forwards (${ip})`;
  if (hook === 'output') return `what the host sends to guests (${ip})`;
  if (iif !== undefined && iif === oif) return `what guests send each other (${ip})`;
  if (connection === 'established') return `answers to guests from outside (${ip})`;
  return oif !== undefined && iif === undefined
    ? `what is sent to guests from outside (${ip})`
    : `what guests send out (${ip})`;
}
