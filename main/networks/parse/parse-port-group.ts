import type { PortGroup } from '../../../shared/network/network-document.ts';
import { filterNameProblem } from '../../../shared/nwfilter/filter-name.ts';
import type { Findings } from '../../compiler/parse/findings.ts';
import type { XmlElement } from '../../compiler/xml/xml-element.ts';
import { parseBandwidth } from './parse-bandwidth.ts';
import { createReader, type Reader } from './reader.ts';
import { type Kind, yesNo } from './value-kinds.ts';

const groupName: Kind<string> = {
  expected: 'a name without control characters and slashes, the first character no . or -',
  parse: (text) => (filterNameProblem(text) === undefined ? text : undefined),
};

/** `<port isolated>` of a network or a port group. */
export function parseIsolated(element: XmlElement | undefined, findings: Findings): boolean {
  if (element === undefined) return false;
  return createReader(element, { attributes: ['isolated'] }, findings).read('isolated', yesNo) ?? false;
}

/** Only macvtap looks at it, so that "no" is what everybody gets. */
export function refuseTrust(reader: Reader): void {
  if (reader.read('trustGuestRxFilters', yesNo) !== true) return;
  const message =
    'trustGuestRxFilters is not supported: it tells macvtap to follow a guest, and bridges need not be told.';
  reader.refuse('trustGuestRxFilters', message, 'no', 'unsupported');
}

/** Reads `<portgroup>`; undefined where it has no good name, which is reported. */
export function parsePortGroup(element: XmlElement, findings: Findings): PortGroup | undefined {
  const attributes = ['name', 'default', 'trustGuestRxFilters'];
  const reader = createReader(element, { attributes, children: ['bandwidth', 'port'] }, findings);
  refuseTrust(reader);
  const name = reader.demand('name', groupName);
  const isDefault = reader.read('default', yesNo) ?? false;
  const bandwidth = parseBandwidth(reader.only('bandwidth'), findings);
  const isolated = parseIsolated(reader.only('port'), findings);
  return name === undefined ? undefined : { name, isDefault, bandwidth, isolated, span: element.span };
}
