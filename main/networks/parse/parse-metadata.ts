import { guestwardNamespace } from '../../../shared/network/network-document.ts';
import type { Findings } from '../../compiler/parse/findings.ts';
import type { XmlElement } from '../../compiler/xml/xml-element.ts';
import { elementText } from './element-text.ts';
import { enterElement, localTree, type NamespaceScope, namespaceOf } from './namespaces.ts';
import { parseSettings, type ReadSettings } from './parse-settings.ts';

/** Reads `<metadata>`: our settings, and the text of what others keep there. */
export function parseMetadata(
  text: string,
  element: XmlElement | undefined,
  outer: NamespaceScope,
  findings: Findings,
): ReadSettings & { readonly foreignMetadata: readonly string[] } {
  const scope = element === undefined ? outer : enterElement(outer, element);
  const own: XmlElement[] = [];
  const foreignMetadata: string[] = [];
  for (const child of element?.children ?? []) {
    const namespace = namespaceOf(child, scope);
    if (namespace === guestwardNamespace) own.push(localTree(child, scope, guestwardNamespace));
    else if (namespace !== undefined) foreignMetadata.push(elementText(text, child, scope));
    else {
      // libvirt drops it without a word.
      const details = { found: child.name, expected: `<PREFIX:NAME xmlns:PREFIX='NAMESPACE'>` };
      findings.warn('no-namespace', `<${child.name}> has no namespace: it is dropped.`, child.span, details);
    }
  }
  for (const [index, { name, span }] of own.entries()) {
    if (name !== 'settings') {
      const details = { found: name, expected: 'settings' };
      findings.error('unknown-element', `Guestward's metadata has no <${name}>.`, span, details);
    } else if (index > 0) findings.error('duplicate-element', 'The settings stand twice.', span);
  }
  return {
    ...parseSettings(
      own.find(({ name }) => name === 'settings'),
      findings,
    ),
    foreignMetadata,
  };
}
