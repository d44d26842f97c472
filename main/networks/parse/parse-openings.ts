import type { Opening } from '../../../shared/network/network-document.ts';
import { findService, services } from '../../../shared/network/services.ts';
import type { Findings } from '../../compiler/parse/findings.ts';
import { suggestName } from '../../compiler/parse/suggest-name.ts';
import type { XmlElement } from '../../compiler/xml/xml-element.ts';
import { createReader } from './reader.ts';
import { choice, portRange } from './value-kinds.ts';

/** Reads `<guestward:opening>`: a service has as many as it has ports. */
export function parseOpening(element: XmlElement, findings: Findings): readonly Opening[] {
  const reader = createReader(element, { attributes: ['service', 'protocol', 'port'] }, findings);
  const service = reader.attribute('service');
  const { span } = element;
  if (service === undefined) {
    const protocol = reader.demand('protocol', choice('tcp', 'udp'));
    const ports = reader.demand('port', portRange);
    return protocol === undefined || ports === undefined ? [] : [{ protocol, ports, service: undefined, span }];
  }
  for (const name of ['protocol', 'port']) {
    if (!reader.has(name)) continue;
    reader.refuse(name, `${name} says again what the service says.`, 'a service, or protocol and port', 'no-effect');
  }
  const found = findService(service.value);
  if (found === undefined) {
    const { hint, expected } = suggestName(service.value, Object.keys(services));
    const message = `No service of this name is known.${hint}`;
    reader.refuse('service', message, `${expected}; or protocol and port`, 'unknown-service');
    return [];
  }
  return found.map((ports) => ({ ...ports, service: service.value, span }));
}

/** Reads `<guestward:openings>`; undefined where there is none, which is more than an empty one. */
export function parseOpenings(element: XmlElement | undefined, findings: Findings): readonly Opening[] | undefined {
  if (element === undefined) return undefined;
  const reader = createReader(element, { children: ['opening'] }, findings);
  const openings = new Map<string, Opening>();
  for (const opening of reader.all('opening').flatMap((part) => parseOpening(part, findings))) {
    const { service = '', protocol, ports } = opening;
    const key = `${service} ${protocol} ${ports.low} ${ports.high}`;
    if (!openings.has(key)) openings.set(key, opening);
  }
  return [...openings.values()];
}
