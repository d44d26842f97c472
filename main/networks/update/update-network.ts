import type { Checked } from '../../../shared/diagnostic.ts';
import type { NetworkDocument } from '../../../shared/network/network-document.ts';
import { createFindings } from '../../compiler/parse/findings.ts';
import { suggestName } from '../../compiler/parse/suggest-name.ts';
import { parseXml } from '../../compiler/xml/parse-xml.ts';
import { checkNetwork } from '../check/check-network.ts';
import { editDhcpHost, editDhcpRange } from './edit-dhcp.ts';
import { editDnsHost, editDnsSrv, editDnsTxt } from './edit-dns.ts';
import { editForwardInterface } from './edit-forward-interface.ts';
import { editPortGroup } from './edit-port-group.ts';
import type { NetworkUpdate, SectionEditor } from './network-update.ts';

/** virsh's sections, with the element that each of them is made of. */
const sections: ReadonlyMap<string, { readonly element: string; readonly edit: SectionEditor }> = new Map([
  ['ip-dhcp-host', { element: 'host', edit: editDhcpHost }],
  ['ip-dhcp-range', { element: 'range', edit: editDhcpRange }],
  ['forward-interface', { element: 'interface', edit: editForwardInterface }],
  ['portgroup', { element: 'portgroup', edit: editPortGroup }],
  ['dns-host', { element: 'host', edit: editDnsHost }],
  ['dns-txt', { element: 'txt', edit: editDnsTxt }],
  ['dns-srv', { element: 'srv', edit: editDnsSrv }],
]);

/** Sections that virsh names and libvirt itself refuses to update. */
const closedSections = ['bridge', 'domain', 'ip', 'forward', 'forward-pf'];

/** The network after a `virsh net-update`, with its rules for what is the same element; whatever is in the way is named. */
export function updateNetwork(document: NetworkDocument, update: NetworkUpdate): Checked<NetworkDocument> {
  const { section, file, command, parentIndex } = update;
  const findings = createFindings();
  const known = sections.get(section);
  if (known === undefined) {
    const names = [...sections.keys()];
    const isClosed = closedSections.includes(section);
    const message = isClosed
      ? `The section ${section} of a network cannot be updated by parts.`
      : `A network has no section ${section}.${suggestName(section, names).hint}`;
    const span = { file, line: 1, column: 1, length: 0 };
    findings.error(isClosed ? 'unsupported' : 'unknown-section', message, span, {
      found: section,
      expected: names.join(', '),
    });
    return findings.conclude(document, undefined);
  }
  const xml = parseXml(update.text, file);
  if (!xml.ok) return xml;
  const element = xml.value;
  if (element.name !== known.element) {
    const details = { found: element.name, expected: known.element };
    findings.error('root-element', `The section ${section} is made of <${known.element}>.`, element.span, details);
    return findings.conclude(document, undefined);
  }
  const updated = known.edit({ document, command, element, parentIndex, findings });
  if (updated !== undefined) {
    const elements = { bridge: undefined, mac: undefined, mtu: undefined };
    checkNetwork(
      updated,
      { elements, addressesKnown: true },
      {
        ...findings,
        // What could be said of the network before is no news.
        warn: (code, message, span, details) => {
          if (span.file === file) findings.warn(code, message, span, details);
        },
      },
    );
  }
  return findings.conclude(updated ?? document, undefined);
}
