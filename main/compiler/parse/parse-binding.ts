import type { Checked } from '../../../shared/diagnostic.ts';
import { parseMac } from '../../../shared/net/mac.ts';
import type { Binding } from '../../../shared/nwfilter/binding.ts';
import { isDeviceName } from '../../../shared/plan/device-name.ts';
import { parseXml } from '../xml/parse-xml.ts';
import type { XmlElement } from '../xml/xml-element.ts';
import { bindingNamespace } from './binding-namespace.ts';
import { createFindings, type Findings } from './findings.ts';
import { ownAttributes, ownChildren } from './own-parts.ts';
import { parseFilterref } from './parse-filterref.ts';
import { parseUuid } from './parse-uuid.ts';

const childNames = ['owner', 'portdev', 'linkdev', 'mac', 'filterref'];

/** The elements by name, each of which may stand once. */
function onlyOnes(parent: XmlElement, known: readonly string[], findings: Findings): ReadonlyMap<string, XmlElement> {
  const only = new Map<string, XmlElement>();
  for (const child of ownChildren(parent, known, findings)) {
    const first = only.get(child.name);
    if (!known.includes(child.name)) {
      const message = `<${parent.name}> has no <${child.name}>: it is ignored.`;
      findings.warn('unknown-element', message, child.span, { found: child.name, expected: known.join(', ') });
    } else if (first !== undefined) {
      findings.error('duplicate-element', `<${child.name}> stands twice.`, child.span, {
        notes: [{ message: 'It stands here first.', span: first.span }],
      });
    } else only.set(child.name, child);
  }
  return only;
}

function readDevice(root: XmlElement, portdev: XmlElement | undefined, findings: Findings): string | undefined {
  const name = portdev === undefined ? undefined : ownAttributes(portdev, ['name'], findings).get('name');
  const expected = 'a device name: up to 15 letters, digits and _ . -, the first a letter or a digit';
  if (name === undefined) {
    const span = portdev?.span ?? root.span;
    findings.error('missing-element', 'The binding does not say which device.', span, {
      expected: "<portdev name='DEVICE'/>",
    });
    return undefined;
  }
  if (isDeviceName(name.value)) return name.value;
  const details = { attribute: 'name', found: name.value, expected };
  findings.error('bad-name', 'This is not the name of a network device.', name.valueSpan, details);
  return undefined;
}

function readMac(element: XmlElement | undefined, findings: Findings): bigint | undefined {
  if (element === undefined) return undefined;
  const address = ownAttributes(element, ['address'], findings).get('address');
  const expected = 'a MAC address such as 52:54:00:12:34:56';
  if (address === undefined) {
    findings.error('missing-attribute', '<mac> has no address.', element.span, { attribute: 'address', expected });
    return undefined;
  }
  const mac = parseMac(address.value);
  if (mac === undefined) {
    const details = { attribute: 'address', found: address.value, expected };
    findings.error('bad-value', 'This is not a MAC address.', address.valueSpan, details);
  }
  return mac;
}

function readOwner(element: XmlElement | undefined, findings: Findings): Binding['owner'] {
  if (element === undefined) return undefined;
  const parts = onlyOnes(element, ['name', 'uuid'], findings);
  const name = parts.get('name');
  const uuid = parts.get('uuid');
  for (const [part, found] of [
    ['name', name],
    ['uuid', uuid],
  ] as const) {
    if (found !== undefined && found.text !== '') continue;
    findings.error('missing-element', `The owner has no ${part}.`, (found ?? element).span, { expected: `<${part}>` });
  }
  if (name !== undefined && /\p{Cc}/u.test(name.text)) {
    findings.error('bad-name', 'The name of the owner has a control character in it.', name.textSpan, {
      found: name.text,
    });
  }
  return { name: name?.text ?? '', uuid: parseUuid(uuid, findings) ?? '' };
}

/** `PREFIX:adopted-by` of our namespace, whatever its prefix. */
function readAdoptedBy({ attributes }: XmlElement): string | undefined {
  const declared = attributes.find(({ name, value }) => name.startsWith('xmlns:') && value === bindingNamespace);
  const prefix = declared?.name.slice('xmlns:'.length);
  return prefix === undefined ? undefined : attributes.find(({ name }) => name === `${prefix}:adopted-by`)?.value;
}

/** Reads libvirt's `<filterbinding>`, of which owner and mac may be missing. Everything that is wrong with it is reported at once. */
export function parseBinding(text: string, file: string): Checked<Binding> {
  const xml = parseXml(text, file);
  if (!xml.ok) return xml;
  const root = xml.value;
  const findings = createFindings();
  if (root.name !== 'filterbinding') {
    findings.error('root-element', 'The document is not a binding.', root.span, {
      found: root.name,
      expected: 'filterbinding',
    });
    return findings.conclude<Binding>(
      { device: '', mac: undefined, filter: '', parameters: {}, span: root.span },
      undefined,
    );
  }
  ownAttributes(root, [], findings);
  const parts = onlyOnes(root, childNames, findings);
  const linkdev = parts.get('linkdev');
  if (linkdev !== undefined) findings.warn('no-effect', '<linkdev> has no effect.', linkdev.span);
  const filterref = parts.get('filterref');
  if (filterref === undefined) {
    const expected = "<filterref filter='NAME'/>";
    findings.error('missing-element', 'The binding does not say which filter.', root.span, { expected });
  }
  const reference = filterref === undefined ? undefined : parseFilterref(filterref, findings);
  const owner = readOwner(parts.get('owner'), findings);
  const adoptedBy = readAdoptedBy(root);
  const binding: Binding = {
    device: readDevice(root, parts.get('portdev'), findings) ?? '',
    mac: readMac(parts.get('mac'), findings),
    ...(owner === undefined ? {} : { owner }),
    ...(adoptedBy === undefined ? {} : { adoptedBy }),
    filter: reference?.filter ?? '',
    parameters: reference?.parameters ?? {},
    span: root.span,
  };
  return findings.conclude(binding, reference?.filter);
}
