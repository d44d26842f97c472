import type { SourceSpan } from '../../../shared/diagnostic.ts';
import type { NetworkDocument } from '../../../shared/network/network-document.ts';
import type { Findings } from '../../compiler/parse/findings.ts';
import type { XmlElement } from '../../compiler/xml/xml-element.ts';
import { checkAddresses } from './check-addresses.ts';
import { checkCounts } from './check-counts.ts';
import { checkSettings } from './check-settings.ts';

/** The least that IPv6 works with (RFC 8200, section 5). */
const minIpv6Mtu = 1280;

/** What a reader of XML knows beyond the document. */
export interface ReadFrom {
  readonly elements: Readonly<Record<'bridge' | 'mac' | 'mtu', XmlElement | undefined>>;
  /** Whether every `<ip>` could be read. */
  readonly addressesKnown: boolean;
}

/** A bridge of somebody else's is taken as it is: nothing of its own can be set. */
function checkForeignBridge(document: NetworkDocument, { elements }: ReadFrom, findings: Findings): void {
  const { bridge, dns, ips, routes } = document;
  const refuse = (what: string, span: SourceSpan): void => {
    const message = `${what} cannot be set in the forward mode bridge, in which the bridge is somebody else's.`;
    findings.error('no-effect', message, span, { found: what, expected: `no ${what}` });
  };
  if (bridge.name === undefined || bridge.name.includes('%')) {
    const details = { attribute: 'name', found: bridge.name ?? 'none', expected: "<bridge name='BRIDGE'/>" };
    findings.error('missing-attribute', 'The forward mode bridge needs the name of the bridge.', bridge.span, details);
  }
  for (const attribute of elements.bridge?.attributes ?? []) {
    if (['stp', 'delay', 'zone'].includes(attribute.name)) refuse(attribute.name, attribute.span);
  }
  if (elements.mac !== undefined) refuse('<mac>', elements.mac.span);
  if (elements.mtu !== undefined) refuse('<mtu>', elements.mtu.span);
  for (const block of ips) refuse('<ip>', block.span);
  for (const route of routes) refuse('<route>', route.span);
  if (document.domain !== undefined) refuse('<domain>', document.span);
  if (dns.hosts.length + dns.txts.length + dns.srvs.length + dns.forwarders.length > 0) refuse('<dns>', document.span);
  if (document.dnsmasqOptions.length > 0) refuse('<dnsmasq:options>', document.span);
}

function checkMode(document: NetworkDocument, from: ReadFrom, findings: Findings): void {
  const { forward, ips, bridge } = document;
  const { mode } = forward;
  if (mode === 'bridge') checkForeignBridge(document, from, findings);
  if ((mode === 'nat' || mode === 'route' || mode === 'open') && ips.length === 0 && from.addressesKnown) {
    const message = `The forward mode ${mode} needs an address: packets come to the host for it.`;
    findings.error('missing-element', message, forward.span, { found: 'no <ip>', expected: "<ip address='ADDRESS'/>" });
  }
  if (forward.dev !== undefined && (mode === 'isolated' || mode === 'open' || mode === 'bridge')) {
    const message = `dev has no effect in the forward mode ${mode}: no rules hold packets to a device.`;
    findings.error('no-effect', message, forward.span, { attribute: 'dev', found: forward.dev, expected: 'no dev' });
  }
  if (mode === 'lan') {
    for (const { span } of ips) {
      const message = 'A network of mode lan has no addresses of its own: guests get those of the LAN.';
      findings.error('no-effect', message, span, { found: '<ip>', expected: 'no <ip>' });
    }
  }
  const needsIpv6 = ips.find(({ family }) => family === 'ipv6');
  if (needsIpv6 !== undefined && bridge.mtu !== undefined && bridge.mtu < minIpv6Mtu) {
    const span = from.elements.mtu?.span ?? bridge.span;
    const details = { attribute: 'size', found: `${bridge.mtu}`, expected: `${minIpv6Mtu} or more` };
    const notes = [{ message: 'The IPv6 address is here.', span: needsIpv6.span }];
    findings.error('bad-value', 'IPv6 needs a larger MTU.', span, { ...details, notes });
  }
}

/** As libvirt has it ("Extra data in disabled network"): what would be ignored is refused. */
function checkDns({ dns, span }: NetworkDocument, findings: Findings): void {
  const { enabled, forwardPlainNames, forwarders, hosts, txts, srvs } = dns;
  const isPlain = forwardPlainNames && forwarders.length + hosts.length + txts.length + srvs.length === 0;
  if (enabled || isPlain) return;
  const details = { found: "<dns enable='no'>", expected: "nothing else in <dns>, or no enable='no'" };
  findings.error(
    'no-effect',
    'What stands in <dns> has no effect where DNS is switched off.',
    hosts[0]?.span ?? span,
    details,
  );
}

function checkPortGroups({ portGroups }: NetworkDocument, findings: Findings): void {
  for (const [index, group] of portGroups.entries()) {
    const before = portGroups.slice(0, index);
    const same = before.find(({ name }) => name === group.name);
    const preferred = before.find(({ isDefault }) => isDefault);
    const note = (span: SourceSpan) => ({ found: group.name, notes: [{ message: 'The other one is here.', span }] });
    if (same !== undefined) {
      findings.error('duplicate-portgroup', 'Another port group has this name.', group.span, note(same.span));
    }
    if (group.isDefault && preferred !== undefined) {
      findings.error('second-default', 'Another port group is the default.', group.span, note(preferred.span));
    }
  }
}

/** What the parts of a network demand of each other. */
export function checkNetwork(document: NetworkDocument, from: ReadFrom, findings: Findings): void {
  checkCounts(document, findings);
  checkMode(document, from, findings);
  checkDns(document, findings);
  checkPortGroups(document, findings);
  checkAddresses(document, from.addressesKnown, findings);
  checkSettings(document, from.addressesKnown, findings);
}
