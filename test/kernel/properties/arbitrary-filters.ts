import fc from 'fast-check';
import { attributeBases } from '../../../shared/nwfilter/attribute-bases.ts';
import {
  type FilterDocument,
  type RuleAttribute,
  type RuleElement,
  ruleActions,
  ruleDirections,
} from '../../../shared/nwfilter/filter-document.ts';
import {
  type AttributeTable,
  frameProtocols,
  type ProtocolName,
  protocols,
} from '../../../shared/nwfilter/protocols.ts';
import { arbitraryValue } from './arbitrary-value.ts';

const span = { file: 'arbitrary.xml', line: 1, column: 1, length: 0 };

const rangeEnd = /(?:to|end|-hi)$/;

/** Puts the two ends of most ranges in order; the few others match nothing. */
function orderRanges(attributes: readonly RuleAttribute[], keep: boolean): readonly RuleAttribute[] {
  const values = new Map(attributes.map(({ name, value }) => [name, value]));
  for (const { name, value: high } of attributes) {
    const base = attributeBases[name];
    const low = base === undefined ? undefined : values.get(base);
    if (keep || base === undefined || low === undefined || !rangeEnd.test(name)) continue;
    if (!('value' in low && 'value' in high) || low.value <= high.value) continue;
    values.set(base, high);
    values.set(name, low);
  }
  return attributes.map((attribute) => ({ ...attribute, value: values.get(attribute.name) ?? attribute.value }));
}

const portProtocols = [6, 17, 33, 132];

/** Leaves out what the protocol's table does not allow together, and gives attributes that complete another one its sign. */
function legal(protocol: ProtocolName, attributes: readonly RuleAttribute[]): readonly RuleAttribute[] {
  const byName = new Map(attributes.map((attribute) => [attribute.name, attribute]));
  const number = byName.get('protocol')?.value;
  const isOneOf = (allowed: readonly number[]) => number?.kind === 'number' && allowed.includes(number.value);
  const signOf = (attribute: RuleAttribute): boolean => {
    const base = byName.get(attributeBases[attribute.name] ?? '');
    return base === undefined ? attribute.negated : signOf(base);
  };
  return attributes
    .filter(({ name }) => {
      if (protocol === 'ipv6' && /^(type|code)/.test(name)) return isOneOf([58]);
      return (protocol !== 'ip' && protocol !== 'ipv6') || !name.includes('port') || isOneOf(portProtocols);
    })
    .map((attribute) => ({ ...attribute, negated: signOf(attribute) }));
}

type Content = Pick<RuleElement, 'protocol' | 'attributes'>;

function arbitraryAttribute(name: string, type: AttributeTable[string]): fc.Arbitrary<RuleAttribute> {
  return fc.record({
    name: fc.constant(name),
    negated: fc.boolean(),
    value: arbitraryValue(name, type),
    span: fc.constant(span),
  });
}

/** What goes with what: an end alone says little, and ports or types of `ip` and `ipv6` need the protocol. */
function withCompany(names: readonly string[], table: AttributeTable): readonly string[] {
  const wanted = new Set(names);
  for (const name of names) {
    const base = attributeBases[name];
    if (base !== undefined) wanted.add(base);
    if (table['protocol'] !== undefined && /port|^type|^code/.test(name)) wanted.add('protocol');
  }
  return Object.keys(table).filter((name) => wanted.has(name));
}

const signs = fc.oneof(
  { weight: 6, arbitrary: fc.constant(false as boolean | undefined) },
  { weight: 3, arbitrary: fc.constant(true as boolean | undefined) },
  // Several elements in one rule, each with a sign of its own.
  { weight: 1, arbitrary: fc.constant(undefined) },
);

function arbitraryContent(names: readonly ProtocolName[]): fc.Arbitrary<Content> {
  return fc.constantFrom(...names).chain((protocol) => {
    const table: AttributeTable = protocols[protocol];
    const available = Object.keys(table).filter((name) => !name.startsWith('ipset'));
    return fc
      .tuple(fc.subarray(available, { minLength: 0, maxLength: 3 }), fc.boolean(), signs, fc.nat(7))
      .chain(([chosen, complete, negated, keep]) => {
        const all = complete ? withCompany(chosen, table) : chosen;
        return fc
          .tuple(...all.map((name) => arbitraryAttribute(name, table[name] as AttributeTable[string])))
          .map((attributes) => {
            const signed = negated === undefined ? attributes : attributes.map((each) => ({ ...each, negated }));
            return { protocol, attributes: legal(protocol, orderRanges(signed, keep === 0)) };
          });
      });
  });
}

const priority = fc.constantFrom(-1000, -700, -500, 0, 100, 500, 500, 500, 501, 1000);

function arbitraryRule(names: readonly ProtocolName[]): fc.Arbitrary<RuleElement> {
  return fc
    .record({
      kind: fc.constant('rule'),
      action: fc.constantFrom(...ruleActions, 'accept', 'drop', 'drop'),
      direction: fc.constantFrom(...ruleDirections),
      priority,
      statematch: fc.constantFrom(true, true, true, false),
      content: fc.oneof(
        { weight: 15, arbitrary: arbitraryContent(names) },
        { weight: 1, arbitrary: fc.constant({ protocol: undefined, attributes: [] }) },
      ),
      span: fc.constant(span),
    })
    .map(({ content, ...rule }) => ({ ...rule, ...content }));
}

const everyProtocol = Object.keys(protocols) as ProtocolName[];
/** A filter speaks of everything, or of one corner of the language, where its rules then overlap. */
const corners: readonly (readonly ProtocolName[])[] = [
  everyProtocol,
  frameProtocols,
  everyProtocol.filter((name) => !frameProtocols.some((frame) => frame === name)),
  ['mac', 'vlan'],
  ['stp', 'mac'],
  ['arp', 'rarp'],
  ['ip', 'tcp', 'udp'],
  ['ipv6', 'tcp-ipv6', 'udp-ipv6', 'icmpv6'],
  ['icmp', 'icmpv6', 'all', 'all-ipv6'],
];

const chainNames = ['mac', 'mac-x', 'vlan', 'stp', 'arp', 'arp-y', 'rarp', 'ipv4', 'ipv4-z', 'ipv6'] as const;

/** Filters by name; `top` is the one that is bound. */
export type FilterTree = ReadonlyMap<string, FilterDocument>;

const document = (
  name: string,
  chain: string,
  chainPriority: number,
  entries: FilterDocument['entries'],
): FilterDocument => ({
  name,
  uuid: undefined,
  chain,
  priority: chainPriority,
  prioritySpecified: true,
  entries,
  span,
});

export const arbitraryFilters: fc.Arbitrary<FilterTree> = fc.constantFrom(...corners).chain((names) =>
  fc
    .record({
      rules: fc.array(arbitraryRule(names), { minLength: 1, maxLength: 6 }),
      subs: fc.array(
        fc.record({
          chain: fc.constantFrom(...chainNames),
          priority,
          rules: fc.array(arbitraryRule(names), { minLength: 1, maxLength: 4 }),
          at: fc.nat(6),
        }),
        { maxLength: 3 },
      ),
    })
    .map(({ rules, subs }) => {
      const entries: FilterDocument['entries'][number][] = [...rules];
      const tree = new Map<string, FilterDocument>();
      for (const [index, sub] of subs.entries()) {
        const name = `sub${index}`;
        tree.set(name, document(name, sub.chain, sub.priority, sub.rules));
        entries.splice(sub.at, 0, { kind: 'filterref', filter: name, parameters: {}, span });
      }
      return tree.set('top', document('top', 'root', 0, entries));
    }),
);
