import { dnsmasqNamespace, type NetworkDocument } from '../../../shared/network/network-document.ts';
import { dnsmasqSetupSchema } from '../../../shared/plan/network-setup.ts';
import type { Findings } from '../../compiler/parse/findings.ts';
import type { XmlElement } from '../../compiler/xml/xml-element.ts';
import { localTree, type NamespaceScope, namespaceOf } from './namespaces.ts';
import { createReader } from './reader.ts';
import { bySchema } from './value-kinds.ts';

const option = bySchema(
  dnsmasqSetupSchema.unwrap().shape.options.element,
  "an option of dnsmasq's configuration on one line, such as cname=a.example,b.example",
);

/** Reads `<options>` of libvirt's dnsmasq namespace, anywhere in the network. */
export function parseDnsmasqOptions(
  root: XmlElement,
  outer: NamespaceScope,
  findings: Findings,
): NetworkDocument['dnsmasqOptions'] {
  const own = root.children.filter((child) => namespaceOf(child, outer) === dnsmasqNamespace);
  return own.flatMap((child) => {
    const options = localTree(child, outer, dnsmasqNamespace);
    if (options.name !== 'options') {
      const details = { found: options.name, expected: 'options' };
      findings.error('unknown-element', `The dnsmasq namespace has no <${options.name}>.`, child.span, details);
      return [];
    }
    return createReader(options, { children: ['option'] }, findings)
      .all('option')
      .flatMap((element) => {
        const value = createReader(element, { attributes: ['value'] }, findings).demand('value', option);
        return value === undefined ? [] : [{ value, span: element.span }];
      });
  });
}
