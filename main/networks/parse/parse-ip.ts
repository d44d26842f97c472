import type { IpBlock, IpFamily, StaticRoute } from '../../../shared/network/network-document.ts';
import { dnsmasqSetupSchema } from '../../../shared/plan/network-setup.ts';
import type { Findings } from '../../compiler/parse/findings.ts';
import type { XmlElement } from '../../compiler/xml/xml-element.ts';
import { parseDhcp } from './parse-dhcp.ts';
import { parsePrefix } from './parse-prefix.ts';
import { createReader, type Reader } from './reader.ts';
import { address, bySchema, choice, integer, yesNo } from './value-kinds.ts';

const tftpRoot = bySchema(
  dnsmasqSetupSchema.unwrap().shape.tftpRoot.unwrap(),
  'a whole path of letters, digits and _ . / + @ -, up to 255 characters',
);

/** The family decides what else is read, so it is settled even where the attribute is wrong. */
function readFamily(reader: Reader): IpFamily {
  const written = reader.read('family', choice('ipv4', 'ipv6'));
  if (written !== undefined) return written;
  const isIpv6 = address('ipv6').parse(reader.attribute('address')?.value ?? '') !== undefined;
  if (!isIpv6) return 'ipv4';
  if (!reader.has('family')) reader.refuse('address', 'An IPv6 address needs its family.', "family='ipv6'");
  return 'ipv6';
}

function parseTftp(element: XmlElement | undefined, family: IpFamily, findings: Findings): string | undefined {
  if (element === undefined) return undefined;
  if (family === 'ipv6') {
    findings.error('no-effect', 'TFTP is served at IPv4 addresses only.', element.span, { found: 'tftp' });
  }
  return createReader(element, { attributes: ['root'] }, findings).demand('root', tftpRoot);
}

/** Reads `<ip>`; undefined where it has no good address, which is reported. */
export function parseIp(element: XmlElement, findings: Findings): IpBlock | undefined {
  const attributes = ['family', 'address', 'netmask', 'prefix', 'localPtr'];
  const reader = createReader(element, { attributes, children: ['tftp', 'dhcp'] }, findings);
  const family = readFamily(reader);
  const ip = reader.demand('address', address(family));
  const prefix = ip === undefined ? undefined : parsePrefix(reader, family, ip);
  const block = {
    family,
    localPtr: reader.read('localPtr', yesNo) ?? false,
    tftpRoot: parseTftp(reader.only('tftp'), family, findings),
    dhcp: parseDhcp(reader.only('dhcp'), family, findings),
    span: element.span,
  };
  if (ip === undefined || prefix === undefined) return undefined;
  if (prefix > 0) return { ...block, address: ip, prefix };
  reader.refuse('address', 'This is not the address of one device.', address(family).expected);
  return undefined;
}

/** Reads `<route>`; undefined where it leads nowhere, which is reported. */
export function parseRoute(element: XmlElement, findings: Findings): StaticRoute | undefined {
  const attributes = ['family', 'address', 'netmask', 'prefix', 'gateway', 'metric'];
  const reader = createReader(element, { attributes }, findings);
  const family = readFamily(reader);
  const ip = reader.demand('address', address(family));
  const prefix = ip === undefined ? undefined : parsePrefix(reader, family, ip);
  const gateway = reader.demand('gateway', address(family));
  const metric = reader.read('metric', integer(1, 0xffff_ffff));
  if (ip === undefined || prefix === undefined || gateway === undefined) return undefined;
  return { family, address: ip, prefix, gateway, metric, span: element.span };
}
