import type { XmlElement } from '../xml/xml-element.ts';
import type { Findings } from './findings.ts';

/** Reads the text of a `<uuid>` in its canonical form (RFC 9562) with lower case digits; undefined where it is empty or, reported, not one. */
export function parseUuid(element: XmlElement | undefined, findings: Findings): string | undefined {
  if (element === undefined || element.text === '') return undefined;
  const uuid = element.text.toLowerCase();
  if (/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(uuid)) return uuid;
  findings.error('bad-uuid', 'The UUID is not in its canonical form.', element.textSpan, {
    attribute: 'uuid',
    found: element.text,
    expected: 'xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx of hexadecimal digits',
  });
  return undefined;
}
