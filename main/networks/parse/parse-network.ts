import type { Checked } from '../../../shared/diagnostic.ts';
import type { Forward, NetworkDocument } from '../../../shared/network/network-document.ts';
import { filterNameProblem } from '../../../shared/nwfilter/filter-name.ts';
import { createFindings, type Findings } from '../../compiler/parse/findings.ts';
import { parseUuid } from '../../compiler/parse/parse-uuid.ts';
import { parseXml } from '../../compiler/xml/parse-xml.ts';
import type { XmlElement } from '../../compiler/xml/xml-element.ts';
import { checkNetwork } from '../check/check-network.ts';
import { enterElement } from './namespaces.ts';
import { parseBandwidth } from './parse-bandwidth.ts';
import { parseBridge } from './parse-bridge.ts';
import { parseDns, parseDomain } from './parse-dns.ts';
import { parseDnsmasqOptions } from './parse-dnsmasq-options.ts';
import { parseForward } from './parse-forward.ts';
import { parseIp, parseRoute } from './parse-ip.ts';
import { parseMetadata } from './parse-metadata.ts';
import { parseIsolated, parsePortGroup, refuseTrust } from './parse-port-group.ts';
import type { ReadSettings } from './parse-settings.ts';
import { createReader, type Reader } from './reader.ts';
import { yesNo } from './value-kinds.ts';

const children = [
  'name',
  'uuid',
  'title',
  'description',
  'metadata',
  'forward',
  'bridge',
  'mtu',
  'mac',
  'domain',
  'dns',
  'bandwidth',
  'port',
  'ip',
  'route',
  'portgroup',
];

function readName(reader: Reader, findings: Findings): string {
  const name = reader.only('name');
  if (name === undefined) {
    const details = { expected: '<name>NAME</name>' };
    findings.error('missing-element', 'The network has no name.', reader.element.span, details);
    return '';
  }
  const problem = filterNameProblem(name.text);
  if (problem !== undefined) {
    const expected = '1 to 128 characters without control characters and slashes, the first no . or -';
    const span = name.text === '' ? name.span : name.textSpan;
    findings.error('bad-name', `The name of the network ${problem}.`, span, { found: name.text, expected });
  }
  return name.text;
}

function readTitle(element: XmlElement | undefined, findings: Findings): string | undefined {
  if (element === undefined || element.text === '') return undefined;
  if (/\p{Cc}/u.test(element.text)) {
    const details = { expected: 'one line; a <description> may have several' };
    findings.error('bad-value', 'The title is longer than a line.', element.textSpan, details);
  }
  return element.text;
}

/** `<guestward:lan>` makes mode lan of a network that libvirt takes for open, or for isolated where it has no address. */
function withLan(forward: Forward, { lan }: ReadSettings, root: XmlElement, findings: Findings): Forward {
  if (lan === undefined) return forward;
  if (forward.mode !== 'open' && forward.mode !== 'isolated') {
    const details = { found: forward.mode, expected: "<forward mode='open'/>, or no <forward>" };
    const message = `The forward mode ${forward.mode} contradicts the setting lan.`;
    findings.error('bad-mode', message, forward.span, { ...details, notes: [{ message: 'lan.', span: lan.span }] });
  }
  if (forward.dev !== undefined && lan.dev !== undefined && forward.dev !== lan.dev) {
    const details = { found: lan.dev, expected: forward.dev };
    findings.error('bad-value', 'lan is another device than dev of <forward>.', lan.span, details);
  }
  const span = forward.span === root.span ? lan.span : forward.span;
  return { ...forward, mode: 'lan', dev: forward.dev ?? lan.dev, span };
}

function readDocument(text: string, root: XmlElement, findings: Findings): NetworkDocument {
  // connections is what libvirt counts in a running network.
  const attributes = ['ipv6', 'trustGuestRxFilters', 'connections'];
  const reader = createReader(root, { attributes, children }, findings);
  refuseTrust(reader);
  const scope = enterElement(new Map(), root);
  const metadata = parseMetadata(text, reader.only('metadata'), scope, findings);
  const ips = reader.all('ip');
  const blocks = ips.flatMap((element) => parseIp(element, findings) ?? []);
  const bridge = { bridge: reader.only('bridge'), mac: reader.only('mac'), mtu: reader.only('mtu') };
  const document: NetworkDocument = {
    name: readName(reader, findings),
    uuid: parseUuid(reader.only('uuid'), findings),
    title: readTitle(reader.only('title'), findings),
    description: reader.only('description')?.text || undefined,
    guestIpv6: reader.read('ipv6', yesNo) ?? false,
    forward: withLan(parseForward(reader.only('forward'), root, findings), metadata, root, findings),
    bridge: parseBridge(bridge, root, findings),
    domain: parseDomain(reader.only('domain'), findings),
    dns: parseDns(reader.only('dns'), findings),
    ips: blocks,
    routes: reader.all('route').flatMap((element) => parseRoute(element, findings) ?? []),
    bandwidth: parseBandwidth(reader.only('bandwidth'), findings),
    portGroups: reader.all('portgroup').flatMap((element) => parsePortGroup(element, findings) ?? []),
    portsIsolated: parseIsolated(reader.only('port'), findings),
    dnsmasqOptions: parseDnsmasqOptions(root, scope, findings),
    settings: metadata.settings,
    foreignMetadata: metadata.foreignMetadata,
    span: root.span,
  };
  checkNetwork(document, { elements: bridge, addressesKnown: blocks.length === ips.length }, findings);
  return document;
}

/** Reads libvirt's `<network>`. Everything that is wrong with it is reported at once; `file` names the text in the places given. */
export function parseNetwork(text: string, file: string): Checked<NetworkDocument> {
  const xml = parseXml(text, file);
  if (!xml.ok) return xml;
  const root = xml.value;
  if (root.name !== 'network') {
    const message = 'The document is not a network.';
    const details = { span: root.span, found: root.name, expected: 'network' };
    return { ok: false, diagnostics: [{ code: 'root-element', severity: 'error', message, ...details }] };
  }
  const findings = createFindings();
  return findings.conclude(readDocument(text, root, findings), undefined);
}
