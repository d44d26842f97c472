import { chainPrefix } from '../../../shared/nwfilter/chain-prefix.ts';
import type { FilterDocument, RuleElement } from '../../../shared/nwfilter/filter-document.ts';
import {
  type AttributeTable,
  chainPriorities,
  type ProtocolName,
  protocols,
} from '../../../shared/nwfilter/protocols.ts';
import { escapeXml } from './escape-xml.ts';
import { formatValue } from './format-literal.ts';
import { printFilterref } from './print-filterref.ts';

const indent = (lines: readonly string[]): readonly string[] => lines.map((line) => `  ${line}`);

/** The rule's attributes in the order of the protocol's table; a new element starts where the sign changes. */
function printProtocol(protocol: ProtocolName, attributes: RuleElement['attributes']): readonly string[] {
  const table: AttributeTable = protocols[protocol];
  const elements: string[] = [];
  let negated: boolean | undefined;
  for (const [name, type] of Object.entries(table)) {
    const attribute = attributes.find((candidate) => candidate.name === name);
    if (attribute === undefined) continue;
    if (attribute.negated !== negated) elements.push(`<${protocol}${attribute.negated ? " match='no'" : ''}`);
    negated = attribute.negated;
    const last = elements.pop() ?? '';
    elements.push(`${last} ${name}='${escapeXml(formatValue(type, attribute.value))}'`);
  }
  return elements.length === 0 ? [`<${protocol}/>`] : elements.map((element) => `${element}/>`);
}

function printRule({ action, direction, priority, statematch, protocol, attributes }: RuleElement): readonly string[] {
  const state = statematch ? '' : " statematch='false'";
  const start = `<rule action='${action}' direction='${direction}' priority='${priority}'${state}`;
  if (protocol === undefined) return [`${start}/>`];
  return [`${start}>`, ...indent(printProtocol(protocol, attributes)), '</rule>'];
}

/** Writes a filter in the shape of `virsh nwfilter-dumpxml`, ending in a line feed. What is written reads back as the same document. */
export function printFilter(document: FilterDocument): string {
  const prefix = chainPrefix(document.chain) ?? 'root';
  // libvirt leaves out every 0, and then reads its own output back with the default of the chain.
  const priority = document.priority === 0 && chainPriorities[prefix] === 0 ? '' : ` priority='${document.priority}'`;
  const lines = [
    `<filter name='${escapeXml(document.name)}' chain='${escapeXml(document.chain)}'${priority}>`,
    ...(document.uuid === undefined ? [] : [`  <uuid>${document.uuid}</uuid>`]),
    ...document.entries.flatMap((entry) => indent(entry.kind === 'rule' ? printRule(entry) : printFilterref(entry))),
    '</filter>',
  ];
  return `${lines.join('\n')}\n`;
}
