import type { Dns, DnsForwarder, DnsHost, DnsSrv, DnsTxt, Domain } from '../../../shared/network/network-document.ts';
import { dnsmasqSetupSchema, domainNameSchema } from '../../../shared/plan/network-setup.ts';
import type { Findings } from '../../compiler/parse/findings.ts';
import type { XmlElement } from '../../compiler/xml/xml-element.ts';
import { createReader } from './reader.ts';
import { address, bySchema, choice, domainName, integer, type Kind, pattern, port, yesNo } from './value-kinds.ts';

/** As many as the helper takes for one record. */
const maxHostnames = 64;

const { value: txtSchema } = dnsmasqSetupSchema.unwrap().shape.dns.unwrap().shape.txts.element.shape;
const txtValue = bySchema(txtSchema, 'up to 255 printable ASCII characters without double quotes');
const serviceName = pattern(/^[A-Za-z0-9_-]{1,62}$/, 'a service of letters, digits, - and _');
/** RFC 2782: a target "." says that the service is decidedly not available, and so does dnsmasq's record without a target. */
const target: Kind<string> = { ...domainName, parse: (text) => (text === '.' ? text : domainName.parse(text)) };
const word = integer(0, 0xffff);

export function parseDomain(element: XmlElement | undefined, findings: Findings): Domain | undefined {
  if (element === undefined) return undefined;
  const reader = createReader(element, { attributes: ['name', 'localOnly', 'register'] }, findings);
  const name = reader.demand('name', domainName);
  const localOnly = reader.read('localOnly', yesNo) ?? false;
  const register = reader.read('register', yesNo) ?? false;
  return name === undefined ? undefined : { name, localOnly, register };
}

function parseForwarder(element: XmlElement, findings: Findings): DnsForwarder | undefined {
  const reader = createReader(element, { attributes: ['addr', 'port', 'domain'] }, findings);
  const forwarder = {
    address: reader.read('addr', address()),
    port: reader.read('port', port),
    domain: reader.read('domain', domainName),
  };
  if (!reader.has('addr') && !reader.has('domain')) {
    const details = { expected: 'addr, domain or both' };
    findings.error('missing-attribute', '<forwarder> has neither addr nor domain.', element.span, details);
    return undefined;
  }
  if (reader.has('port') && !reader.has('addr')) {
    reader.refuse('port', 'port of <forwarder> has no effect without addr.', 'addr', 'no-effect');
  }
  return forwarder.address === undefined && forwarder.domain === undefined ? undefined : forwarder;
}

/** Reads a host of `<dns>`. `partial`: what is to be deleted may be named by address or names alone. */
export function parseDnsHost(element: XmlElement, findings: Findings, partial = false): DnsHost | undefined {
  const reader = createReader(element, { attributes: ['ip'], children: ['hostname'] }, findings);
  const ip = partial ? reader.read('ip', address()) : reader.demand('ip', address());
  const names = reader.all('hostname');
  for (const name of names) {
    createReader(name, {}, findings);
    if (domainName.parse(name.text) !== undefined) continue;
    const details = { found: name.text, expected: domainName.expected };
    findings.error('bad-value', 'This is not a host name.', name.text === '' ? name.span : name.textSpan, details);
  }
  if (names.length === 0 && !(partial && reader.has('ip'))) {
    findings.error('missing-element', '<host> has no names.', element.span, { expected: '<hostname>NAME</hostname>' });
  }
  if (names.length > maxHostnames) {
    const details = { found: `${names.length} names`, expected: `at most ${maxHostnames}` };
    findings.error('too-many', '<host> has too many names.', element.span, details);
  }
  if (ip === undefined && !partial) return undefined;
  return { address: ip ?? '', hostnames: names.map(({ text }) => text), span: element.span };
}

/** `partial`: without a value, as it may be deleted by. */
export function parseDnsTxt(element: XmlElement, findings: Findings, partial = false): DnsTxt | undefined {
  const reader = createReader(element, { attributes: ['name', 'value'] }, findings);
  const name = reader.demand('name', domainName);
  const value = partial ? (reader.read('value', txtValue) ?? '') : reader.demand('value', txtValue);
  return name === undefined || value === undefined ? undefined : { name, value };
}

const srvAttributes = ['service', 'protocol', 'domain', 'target', 'port', 'priority', 'weight'];

/** Any parts of a `<srv>`, by which one may be deleted. */
export type DnsSrvQuery = { readonly [Part in keyof DnsSrv]: DnsSrv[Part] | undefined };

export function parseDnsSrvQuery(element: XmlElement, findings: Findings): DnsSrvQuery {
  const reader = createReader(element, { attributes: srvAttributes }, findings);
  return {
    service: reader.read('service', serviceName),
    protocol: reader.read('protocol', choice('tcp', 'udp')),
    domain: reader.read('domain', domainName),
    target: reader.read('target', domainName),
    port: reader.read('port', port),
    priority: reader.read('priority', word),
    weight: reader.read('weight', word),
  };
}

export function parseDnsSrv(element: XmlElement, findings: Findings): DnsSrv | undefined {
  const reader = createReader(element, { attributes: srvAttributes }, findings);
  const service = reader.demand('service', serviceName);
  const protocol = reader.demand('protocol', choice('tcp', 'udp'));
  const domain = reader.read('domain', domainName);
  for (const name of ['port', 'priority', 'weight']) {
    if (reader.has('target') || !reader.has(name)) continue;
    reader.refuse(name, `${name} of <srv> has no effect without target.`, 'target', 'no-effect');
  }
  const found = {
    target: reader.read('target', target),
    port: reader.read('port', port),
    priority: reader.read('priority', word),
    weight: reader.read('weight', word),
  };
  const nothing = { target: undefined, port: undefined, priority: undefined, weight: undefined };
  if (service === undefined || protocol === undefined) return undefined;
  const whole = `_${service}._${protocol}${domain === undefined ? '' : `.${domain}`}`;
  if (!domainNameSchema.safeParse(whole).success) {
    reader.refuse('domain', 'The name of the record gets too long.', 'at most 253 characters in all');
  }
  return { service, protocol, domain, ...(found.target === '.' ? nothing : found) };
}

/** Reads `<dns>`. */
export function parseDns(element: XmlElement | undefined, findings: Findings): Dns {
  if (element === undefined) {
    return { enabled: true, forwardPlainNames: true, forwarders: [], hosts: [], txts: [], srvs: [] };
  }
  const attributes = ['enable', 'forwardPlainNames'];
  const reader = createReader(element, { attributes, children: ['forwarder', 'txt', 'host', 'srv'] }, findings);
  return {
    enabled: reader.read('enable', yesNo) ?? true,
    forwardPlainNames: reader.read('forwardPlainNames', yesNo) ?? true,
    forwarders: reader.all('forwarder').flatMap((part) => parseForwarder(part, findings) ?? []),
    hosts: reader.all('host').flatMap((part) => parseDnsHost(part, findings) ?? []),
    txts: reader.all('txt').flatMap((part) => parseDnsTxt(part, findings) ?? []),
    srvs: reader.all('srv').flatMap((part) => parseDnsSrv(part, findings) ?? []),
  };
}
