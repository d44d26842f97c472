import type { SourceSpan } from '../../../shared/diagnostic.ts';
import type { NetworkDocument } from '../../../shared/network/network-document.ts';
import type { Findings } from '../../compiler/parse/findings.ts';

/** As many of each as the helper carries out in one network; far more than a person writes. */
const limits = {
  '<ip>': 16,
  '<route>': 256,
  '<range>': 256,
  '<host> of <dhcp>': 2048,
  '<host> of <dns>': 4096,
  '<forwarder>': 64,
  '<txt>': 256,
  '<srv>': 256,
  '<portgroup>': 256,
  '<dnsmasq:option>': 64,
  '<guestward:opening>': 64,
  '<guestward:forward>': 64,
} as const;

/** Refuses a network that has more of something than can be carried out. */
export function checkCounts(document: NetworkDocument, findings: Findings): void {
  const { ips, routes, dns, portGroups, dnsmasqOptions, settings } = document;
  const dhcps = ips.flatMap(({ dhcp }) => (dhcp === undefined ? [] : [dhcp]));
  const whole = (list: readonly unknown[]): readonly SourceSpan[] => list.map(() => document.span);
  const spans = (list: readonly { readonly span: SourceSpan }[]): readonly SourceSpan[] => list.map(({ span }) => span);
  const parts: Readonly<Record<keyof typeof limits, readonly SourceSpan[]>> = {
    '<ip>': spans(ips),
    '<route>': spans(routes),
    '<range>': spans(dhcps.flatMap(({ ranges }) => ranges)),
    '<host> of <dhcp>': spans(dhcps.flatMap(({ hosts }) => hosts)),
    '<host> of <dns>': spans(dns.hosts),
    '<forwarder>': whole(dns.forwarders),
    '<txt>': whole(dns.txts),
    '<srv>': whole(dns.srvs),
    '<portgroup>': spans(portGroups),
    '<dnsmasq:option>': spans(dnsmasqOptions),
    '<guestward:opening>': spans(settings.openings ?? []),
    '<guestward:forward>': spans(settings.forwards),
  };
  for (const [name, limit] of Object.entries(limits) as [keyof typeof limits, number][]) {
    const span = parts[name][limit];
    if (span === undefined) continue;
    const details = { found: `${parts[name].length}`, expected: `at most ${limit}` };
    findings.error('too-many', `The network has too many ${name}.`, span, details);
  }
}
