import type { Checked } from '../../../shared/diagnostic.ts';
import type { FilterDocument, FilterReference, RuleElement } from '../../../shared/nwfilter/filter-document.ts';
import { filterNameProblem } from '../../../shared/nwfilter/filter-name.ts';
import { parseXml } from '../xml/parse-xml.ts';
import type { XmlAttribute, XmlElement } from '../xml/xml-element.ts';
import { createFindings, type Findings } from './findings.ts';
import { ownAttributes, ownChildren } from './own-parts.ts';
import { parseChain } from './parse-chain.ts';
import { parseFilterref } from './parse-filterref.ts';
import { parseRule } from './parse-rule.ts';
import { parseUuid } from './parse-uuid.ts';
import { suggestName } from './suggest-name.ts';

const childNames = ['uuid', 'rule', 'filterref'];

function readName(root: XmlElement, name: XmlAttribute | undefined, findings: Findings): string | undefined {
  if (name === undefined) {
    findings.error('missing-attribute', '<filter> has no name.', root.span, {
      attribute: 'name',
      expected: "name='NAME'",
    });
    return undefined;
  }
  const problem = filterNameProblem(name.value);
  if (problem === undefined) return name.value;
  findings.error('bad-name', `The name of the filter ${problem}.`, name.valueSpan, {
    attribute: 'name',
    found: name.value,
    expected: '1 to 128 characters without control characters and slashes, the first no . or -',
  });
  return undefined;
}

function readEntries(children: readonly XmlElement[], findings: Findings): readonly (RuleElement | FilterReference)[] {
  return children.flatMap((child) => {
    if (child.name === 'rule') return parseRule(child, findings) ?? [];
    if (child.name === 'filterref') return parseFilterref(child, findings) ?? [];
    if (child.name !== 'uuid') {
      const { hint, expected } = suggestName(child.name, childNames);
      const message = `<filter> has no <${child.name}>: it is ignored.${hint}`;
      findings.warn('unknown-element', message, child.span, { found: child.name, expected });
    }
    return [];
  });
}

/** Reads libvirt's `<filter>`. Everything that is wrong with it is reported at once; `file` names the text in the places given. */
export function parseFilter(text: string, file: string): Checked<FilterDocument> {
  const xml = parseXml(text, file);
  if (!xml.ok) return xml;
  const root = xml.value;
  const findings = createFindings();
  if (root.name !== 'filter') {
    const message = 'The document is not a filter.';
    const diagnostic = {
      code: 'root-element',
      severity: 'error',
      message,
      span: root.span,
      found: root.name,
      expected: 'filter',
    } as const;
    return { ok: false, diagnostics: [diagnostic] };
  }
  const own = ownAttributes(root, ['name', 'chain', 'priority'], findings);
  const children = ownChildren(root, childNames, findings);
  const name = readName(root, own.get('name'), findings);
  const document: FilterDocument = {
    name: name ?? '',
    uuid: parseUuid(
      children.find((child) => child.name === 'uuid'),
      findings,
    ),
    ...parseChain(own.get('chain'), own.get('priority'), findings),
    entries: readEntries(children, findings),
    span: root.span,
  };
  return findings.conclude(document, name);
}
