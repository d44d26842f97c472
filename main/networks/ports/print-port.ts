import { formatMac } from '../../../shared/net/mac.ts';
import type { Port } from '../../../shared/network/port.ts';
import { escapeXml } from '../../compiler/parse/escape-xml.ts';

/** Writes a port as one element, ending in a line feed. What is written reads back as the same port. */
export function printPort({ device, network, guest, mac, owner, filter, portGroup }: Port): string {
  const attributes: readonly (readonly [string, string | undefined])[] = [
    ['device', device],
    ['network', network],
    ['guest', guest],
    ['mac', formatMac(mac)],
    ['owner', String(owner)],
    ['filter', filter],
    ['portgroup', portGroup],
  ];
  const written = attributes.flatMap(([name, value]) =>
    value === undefined ? [] : [` ${name}='${escapeXml(value)}'`],
  );
  return `<port${written.join('')}/>\n`;
}
