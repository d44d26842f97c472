import fc from 'fast-check';
import { prefixMask } from '../../../../shared/net/netmask.ts';
import { attributeBases } from '../../../../shared/nwfilter/attribute-bases.ts';
import {
  type FilterDocument,
  type FilterReference,
  type RuleAttribute,
  type RuleElement,
  ruleActions,
  ruleDirections,
} from '../../../../shared/nwfilter/filter-document.ts';
import {
  type AttributeTable,
  type AttributeType,
  chainPriorities,
  type ProtocolName,
  protocols,
} from '../../../../shared/nwfilter/protocols.ts';
import { type AttributeValue, connectionStates, type LiteralValue } from '../../../../shared/nwfilter/values.ts';

const span = { file: 'arbitrary.xml', line: 1, column: 1, length: 0 };

const address = (kind: 'mac' | 'ipv4' | 'ipv6', bits: bigint): fc.Arbitrary<LiteralValue> =>
  fc.bigInt({ min: 0n, max: (1n << bits) - 1n }).map((value) => ({ kind, value }));
const prefix = (max: number): fc.Arbitrary<LiteralValue> => fc.nat(max).map((length) => ({ kind: 'prefix', length }));
const xmlText = fc.string({
  unit: fc.oneof(
    fc.constantFrom('a', ' ', '<', '&', '"', "'", '$', '\n', '\t'),
    fc.constantFrom('\u00e9', '\u{1f600}'),
  ),
});

function arbitraryLiteral(type: AttributeType): fc.Arbitrary<LiteralValue> {
  switch (type.type) {
    case 'number': {
      const names = Object.values(type.names ?? {});
      return fc
        .record({
          value: fc.oneof(fc.integer({ min: type.min, max: type.max }), fc.constantFrom(type.min, ...names)),
          hex: fc.boolean(),
        })
        .map(({ value, hex }) => ({ kind: 'number', value, hex: hex && !names.includes(value) }));
    }
    case 'mac':
      return address('mac', 48n);
    case 'mac-mask':
      return fc.nat(48).map((length) => ({ kind: 'mac', value: prefixMask(length, 48) }));
    case 'ipv4':
      return address('ipv4', 32n);
    case 'ipv6':
      return address('ipv6', 128n);
    case 'ipv4-mask':
      return prefix(32);
    case 'ipv6-mask':
      return prefix(128);
    case 'boolean':
      return fc.boolean().map((value) => ({ kind: 'boolean', value }));
    case 'comment':
      return xmlText.map((value) => ({ kind: 'text', value }));
    case 'states':
      return fc.subarray([...connectionStates]).map((states) => ({ kind: 'states', states }));
    case 'tcp-flags':
      return fc.record({ kind: fc.constant('tcp-flags'), mask: fc.nat(63), flags: fc.nat(63) });
    case 'ipset':
      return fc.constantFrom('a', 'my.set', 'x y+z:1-_').map((value) => ({ kind: 'text', value }));
    case 'ipset-flags':
      return fc
        .array(fc.constantFrom('src', 'dst'), { minLength: 1, maxLength: 6 })
        .map((flags) => ({ kind: 'ipset-flags', flags }));
  }
}

const name = fc.string({ unit: fc.constantFrom('A', 'b', '0', '_'), minLength: 1, maxLength: 6 });
const arbitraryVariable: fc.Arbitrary<AttributeValue> = fc
  .oneof(
    fc.record({ kind: fc.constant('iterator'), name, iterator: fc.nat(1000) }),
    fc.record({ kind: fc.constant('element'), name, index: fc.nat(9) }),
  )
  .map((access) => ({ kind: 'variable', access }));

function arbitraryAttribute(attribute: string, type: AttributeType): fc.Arbitrary<RuleAttribute> {
  const literal = arbitraryLiteral(type);
  const value =
    type.type === 'comment'
      ? literal
      : fc.oneof({ weight: 3, arbitrary: literal }, { weight: 1, arbitrary: arbitraryVariable });
  return fc.record({ name: fc.constant(attribute), negated: fc.boolean(), value, span: fc.constant(span) });
}

/** Gives attributes that complete another one its sign, and leaves out those that their protocol does not allow. */
function canonical(protocol: ProtocolName, attributes: readonly RuleAttribute[]): readonly RuleAttribute[] {
  const byName = new Map(attributes.map((attribute) => [attribute.name, attribute]));
  const sign = (attribute: RuleAttribute): boolean => {
    const base = byName.get(attributeBases[attribute.name] ?? '');
    return base === undefined ? attribute.negated : sign(base);
  };
  const number = byName.get('protocol')?.value;
  const hasProtocol = (...numbers: number[]) => number?.kind === 'number' && numbers.includes(number.value);
  return attributes
    .filter(({ name }) =>
      protocol !== 'ip' && protocol !== 'ipv6' ? true : !name.includes('port') || hasProtocol(6, 17, 33, 132),
    )
    .filter(({ name }) => protocol !== 'ipv6' || !/^(type|code)/.test(name) || hasProtocol(58))
    .map((attribute) => ({ ...attribute, negated: sign(attribute) }));
}

const protocolNames = Object.keys(protocols) as ProtocolName[];

type Content = Pick<RuleElement, 'protocol' | 'attributes'>;

const arbitraryContent = fc
  .option(fc.constantFrom(...protocolNames), { nil: undefined })
  .chain((protocol): fc.Arbitrary<Content> => {
    if (protocol === undefined) return fc.constant({ protocol, attributes: [] });
    const table: AttributeTable = protocols[protocol];
    return fc
      .subarray(Object.entries(table), { maxLength: Math.min(8, Object.keys(table).length) })
      .chain((entries) => fc.tuple(...entries.map(([attribute, type]) => arbitraryAttribute(attribute, type))))
      .map((attributes) => ({ protocol, attributes: canonical(protocol, attributes) }));
  });

const priority = fc.integer({ min: -1000, max: 1000 });

const arbitraryRule: fc.Arbitrary<RuleElement> = fc
  .record({
    kind: fc.constant('rule'),
    action: fc.constantFrom(...ruleActions),
    direction: fc.constantFrom(...ruleDirections),
    priority,
    statematch: fc.boolean(),
    content: arbitraryContent,
    span: fc.constant(span),
  })
  .map(({ content, ...rule }) => ({ ...rule, ...content }));

const filterName = fc
  .string({ unit: fc.constantFrom('a', 'B', '1', '-', '.', ' ', '&', "'", '\u00e9'), maxLength: 12 })
  .map((text) => `f${text}`);

const arbitraryReference: fc.Arbitrary<FilterReference> = fc.record({
  kind: fc.constant('filterref'),
  filter: filterName,
  parameters: fc.dictionary(
    name,
    fc.array(fc.constantFrom('10.0.0.1', 'fe80::1', 'x_1'), { minLength: 1, maxLength: 3 }),
    { maxKeys: 3 },
  ),
  span: fc.constant(span),
});

const arbitraryChain = fc.constantFrom('root', 'mac', 'arp-x', 'ipv4', 'ipv6.a:b', 'stp_1').chain((chain) =>
  fc.oneof(priority, fc.constant(chain === 'root' ? 0 : chainPriorities.mac)).map((number) => ({
    chain,
    priority: number,
    prioritySpecified: chain !== 'root' || number !== 0,
  })),
);

/** Documents in the form that the parser gives them, places aside: attributes in the order of their table, signs settled. */
export const arbitraryFilterDocument: fc.Arbitrary<FilterDocument> = fc
  .record({
    name: filterName,
    uuid: fc.option(fc.uuid(), { nil: undefined }),
    chain: arbitraryChain,
    entries: fc.array(fc.oneof(arbitraryRule, arbitraryReference), { maxLength: 6 }),
    span: fc.constant(span),
  })
  .map(({ chain, ...document }) => ({ ...document, ...chain }));
