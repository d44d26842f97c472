import type { Checked } from '../../../shared/diagnostic.ts';
import { parseMac } from '../../../shared/net/mac.ts';
import type { Port } from '../../../shared/network/port.ts';
import { isDeviceName } from '../../../shared/plan/device-name.ts';
import { createFindings } from '../../compiler/parse/findings.ts';
import { ownAttributes, ownChildren } from '../../compiler/parse/own-parts.ts';
import { parseXml } from '../../compiler/xml/parse-xml.ts';

const names = ['device', 'network', 'guest', 'mac', 'owner', 'filter', 'portgroup'];
const maxUserId = 0xffff_fffe;

/** Reads what `printPort` writes. */
export function parsePort(text: string, file: string): Checked<Port> {
  const xml = parseXml(text, file);
  if (!xml.ok) return xml;
  const root = xml.value;
  const findings = createFindings();
  if (root.name !== 'port') {
    const details = { found: root.name, expected: 'port' };
    findings.error('root-element', 'The document is not a port.', root.span, details);
  }
  ownChildren(root, [], findings);
  const attributes = ownAttributes(root, names, findings);
  const textOf = (name: string): string | undefined => attributes.get(name)?.value;
  const need = <T>(attribute: string, expected: string, read: (value: string) => T | undefined): T | undefined => {
    const found = attributes.get(attribute);
    if (found === undefined) {
      findings.error('missing-attribute', `<port> has no ${attribute}.`, root.span, { attribute, expected });
      return undefined;
    }
    const value = read(found.value);
    if (value === undefined) {
      const details = { attribute, found: found.value, expected };
      findings.error('bad-value', `This is no ${attribute} of a port.`, found.valueSpan, details);
    }
    return value;
  };
  const device = need('device', 'a device name', (value) => (isDeviceName(value) ? value : undefined));
  const network = need('network', 'the name of a network', (value) => (value === '' ? undefined : value));
  const mac = need('mac', 'a MAC address such as 52:54:00:12:34:56', parseMac);
  const owner = need('owner', 'a numeric user id', (value) =>
    /^[0-9]{1,10}$/.test(value) && Number(value) <= maxUserId ? Number(value) : undefined,
  );
  const port: Port = {
    device: device ?? '',
    network: network ?? '',
    guest: textOf('guest'),
    mac: mac ?? 0n,
    owner: owner ?? 0,
    filter: textOf('filter'),
    portGroup: textOf('portgroup'),
  };
  return findings.conclude(port, undefined);
}
