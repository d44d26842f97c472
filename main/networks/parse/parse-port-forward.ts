import type { PortForward } from '../../../shared/network/network-document.ts';
import type { Findings } from '../../compiler/parse/findings.ts';
import type { XmlElement } from '../../compiler/xml/xml-element.ts';
import { createReader, type Reader } from './reader.ts';
import { address, choice, guestName, type Kind, mac, portRange } from './value-kinds.ts';

const moment: Kind<number> = {
  expected: 'a date and time with its zone, such as 2030-01-31T18:00:00Z',
  parse: (text) => {
    const isWhole = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})$/.test(text);
    const milliseconds = isWhole ? Date.parse(text) : Number.NaN;
    return Number.isNaN(milliseconds) ? undefined : Math.floor(milliseconds / 1000);
  },
};

function readGuest(reader: Reader, findings: Findings): PortForward['guest'] | undefined {
  const given = ['guest', 'mac', 'address'].filter((name) => reader.has(name));
  if (given.length !== 1) {
    const details = { found: given.join(' and ') || 'none', expected: 'one of guest, mac and address' };
    findings.error('bad-guest', '<forward> does not say which guest, or says it twice.', reader.element.span, details);
    return undefined;
  }
  const name = reader.read('guest', guestName);
  if (name !== undefined) return { name };
  const hardware = reader.read('mac', mac);
  if (hardware !== undefined) return { mac: hardware };
  const ip = reader.read('address', address());
  return ip === undefined ? undefined : { address: ip };
}

/** Reads `<guestward:forward>`; undefined where something is wrong, which is reported. */
export function parsePortForward(element: XmlElement, findings: Findings): PortForward | undefined {
  const attributes = ['protocol', 'port', 'to', 'guest', 'mac', 'address', 'expires'];
  const reader = createReader(element, { attributes }, findings);
  const protocol = reader.demand('protocol', choice('tcp', 'udp'));
  const hostPorts = reader.demand('port', portRange);
  const guestPorts = reader.has('to') ? reader.read('to', portRange) : hostPorts;
  const guest = readGuest(reader, findings);
  const expires = reader.read('expires', moment);
  if (protocol === undefined || hostPorts === undefined || guestPorts === undefined || guest === undefined) {
    return undefined;
  }
  const count = hostPorts.high - hostPorts.low;
  if (guestPorts.high - guestPorts.low !== count) {
    reader.refuse('to', 'The guest has to have as many ports as the host.', `${count + 1} ports`);
    return undefined;
  }
  return { protocol, hostPorts, guestPorts, guest, expires, span: element.span };
}
