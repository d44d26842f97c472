import { type RuleElement, ruleActions, ruleDirections } from '../../../shared/nwfilter/filter-document.ts';
import { type ProtocolName, protocols } from '../../../shared/nwfilter/protocols.ts';
import type { XmlAttribute, XmlElement } from '../xml/xml-element.ts';
import type { Findings } from './findings.ts';
import { ownAttributes, ownChildren } from './own-parts.ts';
import { parseInteger } from './parse-integer.ts';
import { parseProtocol } from './parse-protocol.ts';
import { suggestName } from './suggest-name.ts';

const defaultPriority = 500;
const protocolNames = Object.keys(protocols);
const isProtocol = (name: string): name is ProtocolName => Object.hasOwn(protocols, name);

function badValue(attribute: XmlAttribute, expected: string, findings: Findings): void {
  const details = { attribute: attribute.name, found: attribute.value, expected };
  findings.error(
    'bad-value',
    `${attribute.name} of <rule> has a value that it cannot have.`,
    attribute.valueSpan,
    details,
  );
}

function readChoice<T extends string>(
  rule: XmlElement,
  name: string,
  attribute: XmlAttribute | undefined,
  choices: readonly T[],
  findings: Findings,
): T | undefined {
  const expected = choices.join(', ');
  if (attribute === undefined) {
    findings.error('missing-attribute', `<rule> has no ${name}.`, rule.span, {
      attribute: name,
      expected,
    });
    return undefined;
  }
  const choice = choices.find((word) => word === attribute.value);
  if (choice === undefined) badValue(attribute, expected, findings);
  return choice;
}

function readPriority(attribute: XmlAttribute | undefined, findings: Findings): number {
  if (attribute === undefined) return defaultPriority;
  const priority = parseInteger(attribute.value, -1000, 1000);
  if (priority === undefined) badValue(attribute, 'a number from -1000 to 1000', findings);
  return priority ?? defaultPriority;
}

function readStatematch(attribute: XmlAttribute | undefined, findings: Findings): boolean {
  const word = attribute?.value.toLowerCase();
  if (attribute !== undefined && !['0', 'false', '1', 'true'].includes(attribute.value.toLowerCase())) {
    badValue(attribute, 'true, 1, false or 0', findings);
  }
  return word !== '0' && word !== 'false';
}

/** The rule's protocol elements: the first decides the protocol, and others have to be of the same. */
function protocolElements(rule: XmlElement, findings: Findings): readonly XmlElement[] {
  const children = ownChildren(rule, protocolNames, findings);
  const first = children.find((child) => isProtocol(child.name));
  return children.filter((child) => {
    if (child.name === first?.name) return true;
    if (first !== undefined && isProtocol(child.name)) {
      findings.error(
        'second-protocol',
        `A rule is about one protocol, and this one is about <${first.name}>.`,
        child.span,
        {
          found: child.name,
          expected: `${first.name}, or another rule`,
          notes: [{ message: `<${first.name}> stands here first.`, span: first.span }],
        },
      );
      return false;
    }
    const { hint, expected } = suggestName(child.name, protocolNames);
    const message = `<${child.name}> is no protocol that a rule can be about.${hint}`;
    findings.error('unknown-element', message, child.span, { found: child.name, expected });
    return false;
  });
}

/** Reads a `<rule>`; undefined where its action or direction is missing, which is reported. */
export function parseRule(rule: XmlElement, findings: Findings): RuleElement | undefined {
  const own = ownAttributes(rule, ['action', 'direction', 'priority', 'statematch'], findings);
  const action = readChoice(rule, 'action', own.get('action'), ruleActions, findings);
  const direction = readChoice(rule, 'direction', own.get('direction'), ruleDirections, findings);
  const priority = readPriority(own.get('priority'), findings);
  const statematch = readStatematch(own.get('statematch'), findings);
  const elements = protocolElements(rule, findings);
  const name = elements[0]?.name;
  const protocol = name !== undefined && isProtocol(name) ? name : undefined;
  const attributes = protocol === undefined ? [] : parseProtocol(protocol, elements, findings);
  if (action === undefined || direction === undefined) return undefined;
  return { kind: 'rule', action, direction, priority, statematch, protocol, attributes, span: rule.span };
}
