import { parseIpv4 } from '../../../shared/net/ipv4.ts';
import { parseIpv6 } from '../../../shared/net/ipv6.ts';
import { parseMac } from '../../../shared/net/mac.ts';
import type { PortForward, Range, TransportProtocol } from '../../../shared/network/network-document.ts';
import { parsePorts } from '../../networks/forwards/parse-ports.ts';
import { type Result, usage } from '../cli-failure.ts';

const cure =
  'write HOSTPORT:GUEST:GUESTPORT/tcp, such as 8080:web:80/tcp; ranges as 8000-8010; GUEST is a name, a MAC address, an IPv4 address or [an IPv6 address]';

function guestOf(text: string): PortForward['guest'] | undefined {
  const mac = parseMac(text);
  if (mac !== undefined) return { mac };
  const bare = /^\[(.*)\]$/.exec(text)?.[1];
  if (bare !== undefined) return parseIpv6(bare) === undefined ? undefined : { address: bare };
  if (parseIpv4(text) !== undefined) return { address: text };
  return /^[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,62})$/.test(text) ? { name: text } : undefined;
}

const sizeOf = ({ low, high }: Range<number>): number => high - low;

/** Reads `8080:web:80/tcp`; the guest's port may be left out where it is the host's, the protocol where it is TCP. */
export function parseForward(text: string): Result<Omit<PortForward, 'expires' | 'span'>> {
  const fail = () => usage(`'${text}' is not a forward`, cure);
  const [, front = '', behind = '', protocol = 'tcp'] = /^([0-9-]+):(.+?)(?:\/(tcp|udp))?$/.exec(text) ?? [];
  const hostPorts = parsePorts(front);
  if (hostPorts === undefined) return fail();
  const whole = guestOf(behind);
  const [, name = '', own = ''] = /^(.+):([0-9-]+)$/.exec(behind) ?? [];
  const guest = whole ?? guestOf(name);
  const guestPorts = whole === undefined ? parsePorts(own) : hostPorts;
  if (guest === undefined || guestPorts === undefined) return fail();
  if (sizeOf(guestPorts) !== sizeOf(hostPorts)) {
    return usage(`'${text}' leads from one number of ports to another`, 'both ranges have to be as long');
  }
  return { ok: true, value: { protocol: protocol as TransportProtocol, hostPorts, guestPorts, guest } };
}
