import type { Dhcp, DhcpHost, DhcpRange, IpFamily, LeaseTime } from '../../../shared/network/network-document.ts';
import { dnsmasqSetupSchema } from '../../../shared/plan/network-setup.ts';
import type { Findings } from '../../compiler/parse/findings.ts';
import type { XmlElement } from '../../compiler/xml/xml-element.ts';
import { createReader, type Reader } from './reader.ts';
import { address, bySchema, choice, domainName, guestName, integer, type Kind, mac } from './value-kinds.ts';

const secondsOf = { seconds: 1, minutes: 60, hours: 3600 } as const;
/** dnsmasq's shortest lease, and the longest that is not endless (RFC 2131 gives it 32 bits). */
const [minLease, maxLease] = [120, 0xffff_fffe];

const { bootp, hosts } = dnsmasqSetupSchema.unwrap().shape;
const bootFile = bySchema(bootp.unwrap().shape.file, 'a path of up to 255 letters, digits and _ . / + @ : -');
const clientId: Kind<string> = {
  expected: 'bytes of one or two hexadecimal digits with colons between them (a DUID)',
  parse: (text) => {
    const groups = text.toLowerCase().split(':');
    const padded = groups.map((group) => group.padStart(2, '0')).join(':');
    return hosts.element.shape.id.unwrap().safeParse(padded).success ? padded : undefined;
  },
};

function parseLease(element: XmlElement | undefined, findings: Findings): LeaseTime | undefined {
  if (element === undefined) return undefined;
  const lease = createReader(element, { attributes: ['expiry', 'unit'] }, findings);
  const expiry = lease.demand('expiry', integer(0, maxLease));
  const unit = lease.read('unit', choice('seconds', 'minutes', 'hours')) ?? 'minutes';
  if (expiry === undefined) return undefined;
  const seconds = expiry * secondsOf[unit];
  if (seconds === 0) return 'infinite';
  if (seconds >= minLease && seconds <= maxLease) return seconds;
  lease.refuse('expiry', 'The lease is shorter or longer than dnsmasq gives.', '0 for ever, or at least 2 minutes');
  return undefined;
}

/** Reads a `<range>`; undefined where it has no good ends, which is reported. */
export function parseDhcpRange(element: XmlElement, family: IpFamily, findings: Findings): DhcpRange | undefined {
  const reader = createReader(element, { attributes: ['start', 'end'], children: ['lease'] }, findings);
  const low = reader.demand('start', address(family));
  const high = reader.demand('end', address(family));
  const lease = parseLease(reader.only('lease'), findings);
  return low === undefined || high === undefined ? undefined : { low, high, lease, span: element.span };
}

/** IPv4 knows guests by MAC address, DHCPv6 by client id; either by the name that they send. */
function checkIdentity(reader: Reader, family: IpFamily, findings: Findings): void {
  const [own, other] = family === 'ipv4' ? ['mac', 'id'] : ['id', 'mac'];
  if (reader.has(other ?? '')) {
    const reason =
      family === 'ipv4' ? 'Only a host of DHCPv6 has a client id.' : 'A host of DHCPv6 has no MAC address.';
    reader.refuse(other ?? '', reason, `${own} or name`, 'no-effect');
  } else if (!reader.has(own ?? '') && !reader.has('name')) {
    const details = { expected: `${own}, name or both` };
    findings.error('missing-attribute', `<host> has neither ${own} nor name.`, reader.element.span, details);
  }
}

/** What says which host of `<dhcp>` is meant; every part may be missing where one is to be deleted. */
export type DhcpHostQuery = Omit<DhcpHost, 'address'> & { readonly address: string | undefined };

/** Reads a `<host>` of `<dhcp>` as far as it goes. */
export function parseDhcpHostQuery(element: XmlElement, family: IpFamily, findings: Findings): DhcpHostQuery {
  const reader = createReader(element, { attributes: ['mac', 'id', 'name', 'ip'], children: ['lease'] }, findings);
  if (!reader.has('ip')) checkIdentity(reader, family, findings);
  return {
    mac: reader.read('mac', mac),
    id: reader.read('id', clientId),
    name: reader.read('name', guestName),
    address: reader.read('ip', address(family)),
    lease: parseLease(reader.only('lease'), findings),
    span: element.span,
  };
}

/** Reads a `<host>` of `<dhcp>`; undefined where it has no good address, which is reported. */
export function parseDhcpHost(element: XmlElement, family: IpFamily, findings: Findings): DhcpHost | undefined {
  const reader = createReader(element, { attributes: ['mac', 'id', 'name', 'ip'], children: ['lease'] }, findings);
  checkIdentity(reader, family, findings);
  const host = {
    mac: reader.read('mac', mac),
    id: reader.read('id', clientId),
    name: reader.read('name', guestName),
  };
  const ip = reader.demand('ip', address(family));
  const lease = parseLease(reader.only('lease'), findings);
  return ip === undefined ? undefined : { ...host, address: ip, lease, span: element.span };
}

function parseBootp(element: XmlElement | undefined, family: IpFamily, findings: Findings): Dhcp['bootp'] {
  if (element === undefined) return undefined;
  if (family === 'ipv6') findings.error('no-effect', 'BOOTP is of IPv4 only.', element.span, { found: 'bootp' });
  const reader = createReader(element, { attributes: ['file', 'server'] }, findings);
  const file = reader.demand('file', bootFile);
  const server = reader.read('server', domainName);
  return file === undefined ? undefined : { file, server };
}

/** Reads `<dhcp>`; one without anything in it switches nothing on, as in libvirt. */
export function parseDhcp(element: XmlElement | undefined, family: IpFamily, findings: Findings): Dhcp | undefined {
  if (element === undefined) return undefined;
  const reader = createReader(element, { children: ['range', 'host', 'bootp'] }, findings);
  const dhcp = {
    ranges: reader.all('range').flatMap((part) => parseDhcpRange(part, family, findings) ?? []),
    hosts: reader.all('host').flatMap((part) => parseDhcpHost(part, family, findings) ?? []),
    bootp: parseBootp(reader.only('bootp'), family, findings),
  };
  return dhcp.ranges.length === 0 && dhcp.hosts.length === 0 && dhcp.bootp === undefined ? undefined : dhcp;
}
