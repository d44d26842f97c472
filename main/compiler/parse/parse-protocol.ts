import { attributeBases } from '../../../shared/nwfilter/attribute-bases.ts';
import { describeType } from '../../../shared/nwfilter/describe-type.ts';
import type { RuleAttribute } from '../../../shared/nwfilter/filter-document.ts';
import {
  type AttributeTable,
  attributeAliases,
  type ProtocolName,
  protocols,
} from '../../../shared/nwfilter/protocols.ts';
import type { AttributeValue } from '../../../shared/nwfilter/values.ts';
import type { XmlAttribute, XmlElement } from '../xml/xml-element.ts';
import { checkAttributes } from './check-attributes.ts';
import type { Findings } from './findings.ts';
import { ownAttributes } from './own-parts.ts';
import { maxCommentLength, parseLiteral } from './parse-literal.ts';
import { parseVariable } from './parse-variable.ts';

function readMatch(match: XmlAttribute | undefined, findings: Findings): boolean {
  if (match !== undefined && match.value !== 'yes' && match.value !== 'no') {
    findings.error('bad-value', 'match is neither yes nor no.', match.valueSpan, {
      attribute: 'match',
      found: match.value,
      expected: 'yes or no',
    });
  }
  return match?.value === 'no';
}

function readValue(
  protocol: ProtocolName,
  table: AttributeTable,
  name: string,
  { value: text, valueSpan }: XmlAttribute,
  findings: Findings,
): AttributeValue | undefined {
  const type = table[name];
  if (type === undefined) return undefined;
  if (type.type !== 'comment' && text.startsWith('$')) {
    const variable = parseVariable(text);
    if (variable.ok) return { kind: 'variable', access: variable.access };
    const details = { attribute: name, found: text, expected: variable.expected };
    findings.error('bad-variable', `${name} of <${protocol}> ${variable.problem}.`, valueSpan, details);
    return undefined;
  }
  const literal = parseLiteral(type, text);
  if (literal === undefined) {
    const details = { attribute: name, found: text, expected: describeType(type) };
    findings.error('bad-value', `${name} of <${protocol}> has a value that it cannot have.`, valueSpan, details);
  } else if (type.type === 'comment' && literal.kind === 'text' && literal.value.length < text.length) {
    const message = `The comment is longer than ${maxCommentLength} characters: the rest of it is dropped.`;
    findings.warn('long-comment', message, valueSpan, { attribute: name });
  }
  return literal;
}

/** Gives attributes that complete another one its sign: libvirt's rule, so that `<ip match='no' srcipaddr=.../><ip srcipmask=.../>` is one test. */
function withBaseSigns(attributes: readonly RuleAttribute[]): readonly RuleAttribute[] {
  const byName = new Map(attributes.map((attribute) => [attribute.name, attribute]));
  const sign = (attribute: RuleAttribute): boolean => {
    const base = byName.get(attributeBases[attribute.name] ?? '');
    return base === undefined ? attribute.negated : sign(base);
  };
  return attributes.map((attribute) => ({ ...attribute, negated: sign(attribute) }));
}

/** The attributes of all elements of one rule, which are of one protocol. */
export function parseProtocol(
  protocol: ProtocolName,
  elements: readonly XmlElement[],
  findings: Findings,
): readonly RuleAttribute[] {
  const table: AttributeTable = protocols[protocol];
  const aliases = attributeAliases[protocol] ?? {};
  const known = ['match', ...Object.keys(table), ...Object.keys(aliases)];
  const read = new Map<string, RuleAttribute>();
  const seen = new Map<string, XmlAttribute>();
  for (const element of elements) {
    const own = ownAttributes(element, known, findings);
    const negated = readMatch(own.get('match'), findings);
    for (const [written, attribute] of own) {
      if (written === 'match') continue;
      const name = aliases[written] ?? written;
      const first = seen.get(name);
      if (first !== undefined) {
        findings.error('duplicate-attribute', `${name} stands twice in one rule.`, attribute.span, {
          attribute: name,
          notes: [{ message: 'It stands here first.', span: first.span }],
        });
        continue;
      }
      seen.set(name, attribute);
      const value = readValue(protocol, table, name, attribute, findings);
      if (value !== undefined) read.set(name, { name, negated, value, span: attribute.valueSpan });
    }
    for (const child of element.children) {
      findings.warn('unknown-element', `<${protocol}> has no content: <${child.name}> is ignored.`, child.span);
    }
  }
  const attributes = withBaseSigns([...read.values()]);
  const unread = new Set([...seen.keys()].filter((name) => !read.has(name)));
  checkAttributes(protocol, attributes, unread, findings);
  return attributes;
}
