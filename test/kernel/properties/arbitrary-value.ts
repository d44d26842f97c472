import fc from 'fast-check';
import { parseIpv4 } from '../../../shared/net/ipv4.ts';
import { parseIpv6 } from '../../../shared/net/ipv6.ts';
import { parseMac } from '../../../shared/net/mac.ts';
import type { AttributeType } from '../../../shared/nwfilter/protocols.ts';
import {
  type AttributeValue,
  connectionStates,
  type LiteralValue,
  tcpFlagBits,
} from '../../../shared/nwfilter/values.ts';

// Few values of each kind, so that rules often speak of the frames that the bench sends, and of each other's.
const macs = ['52:54:00:56:44:32', '52:54:00:aa:00:01', 'ff:ff:ff:ff:ff:ff', '01:00:5e:00:00:fb', '52:54:00:56:44:33'];
const macMasks = [
  'ff:ff:ff:ff:ff:ff',
  'ff:ff:ff:00:00:00',
  'ff:ff:ff:ff:ff:fe',
  'fe:00:00:00:00:00',
  '00:00:00:00:00:00',
];
const ipv4s = ['10.33.8.131', '10.33.0.9', '10.33.8.132', '224.0.0.251', '255.255.255.255', '0.0.0.0'];
const ipv6s = ['fd00:33::131', 'fd00:33::9', 'fd00:33::132', 'ff02::fb', 'fe80::1', '::'];
const lengths4 = [32, 31, 24, 13, 8, 1, 0];
const lengths6 = [128, 127, 112, 64, 33, 1, 0];
const ports = [22, 53, 80, 81, 443, 40_000];
const states = fc.subarray([...connectionStates], { minLength: 0 });
const flagNames = ['FIN', 'SYN', 'RST', 'PSH', 'ACK', 'URG'] as const;
const flagBits = fc.subarray([...flagNames]).map((names) => names.reduce((bits, name) => bits | tcpFlagBits[name], 0));

type NumberType = Extract<AttributeType, { type: 'number' }>;

function numbers(attribute: string, { min, max, names }: NumberType): readonly number[] {
  if (attribute.includes('port') && attribute !== 'port' && max === 0xffff) return [...ports, 0, 0xffff];
  // A limit that counts would need the evaluator to count with it; these two are beyond all counting.
  if (attribute === 'connlimit-above') return [0, 1000];
  if (attribute === 'option') return [0, 1, 2, 3, 8, 254];
  const own = Object.values(names ?? {});
  return [...own, ...own, min, min + 1, Math.min(max, 8), Math.min(max, 128), max].filter((value) => value >= min);
}

const literals = <T>(values: readonly T[], make: (value: T) => LiteralValue): fc.Arbitrary<LiteralValue> =>
  fc.constantFrom(...values).map(make);

export function arbitraryLiteral(attribute: string, type: AttributeType): fc.Arbitrary<LiteralValue> {
  switch (type.type) {
    case 'number':
      return literals(numbers(attribute, type), (value) => ({ kind: 'number', value, hex: false }));
    case 'mac':
      return literals(macs, (text) => ({ kind: 'mac', value: parseMac(text) as bigint }));
    case 'mac-mask':
      return literals(macMasks, (text) => ({ kind: 'mac', value: parseMac(text) as bigint }));
    case 'ipv4':
      return literals(ipv4s, (text) => ({ kind: 'ipv4', value: parseIpv4(text) as bigint }));
    case 'ipv6':
      return literals(ipv6s, (text) => ({ kind: 'ipv6', value: parseIpv6(text) as bigint }));
    case 'ipv4-mask':
      return literals(lengths4, (length) => ({ kind: 'prefix', length }));
    case 'ipv6-mask':
      return literals(lengths6, (length) => ({ kind: 'prefix', length }));
    case 'boolean':
      return fc.boolean().map((value) => ({ kind: 'boolean', value }));
    case 'states':
      return states.map((chosen) => ({ kind: 'states', states: chosen }));
    case 'tcp-flags':
      // Flags outside their mask never match; one in five is such.
      return fc
        .tuple(flagBits, flagBits, fc.nat(4))
        .map(([mask, flags, stray]) => ({ kind: 'tcp-flags', mask, flags: stray === 0 ? flags : flags & mask }));
    case 'comment':
      return fc.constantFrom('why', 'a "quoted" <text>').map((value) => ({ kind: 'text', value }));
    case 'ipset':
    case 'ipset-flags':
      throw new Error('The bench has no ipsets.');
  }
}

/** The variables of one value, and of several, whose values fit the attribute; see `bench-world.ts`. */
function variablesFor(attribute: string, type: AttributeType): { readonly one?: string; readonly many?: string } {
  switch (type.type) {
    case 'mac':
      return { one: 'MAC', many: 'MACS' };
    case 'mac-mask':
      return { many: 'MACMASKS' };
    case 'ipv4':
      return { one: 'IP', many: 'IPS' };
    case 'ipv6':
      return { one: 'IP6', many: 'IP6S' };
    case 'ipv4-mask':
      return { many: 'MASKS4' };
    case 'ipv6-mask':
      return { many: 'MASKS6' };
    case 'number':
      if (type.min > 8) return { many: 'TYPES' };
      return { many: attribute.includes('port') && type.max === 0xffff ? 'PORTS' : 'BYTES' };
    default:
      return {};
  }
}

function arbitraryVariable(attribute: string, type: AttributeType): fc.Arbitrary<AttributeValue> | undefined {
  // A limit is one number, and one of those above.
  if (attribute === 'connlimit-above') return undefined;
  const { one, many } = variablesFor(attribute, type);
  const accesses = [
    ...(one === undefined ? [] : [{ kind: 'iterator', name: one, iterator: 0 } as const]),
    ...(many === undefined
      ? []
      : ([
          { kind: 'iterator', name: many, iterator: 1 },
          { kind: 'iterator', name: many, iterator: 2 },
          { kind: 'element', name: many, index: 0 },
          { kind: 'element', name: many, index: 1 },
        ] as const)),
  ];
  if (accesses.length === 0) return undefined;
  return fc.constantFrom(...accesses).map((access) => ({ kind: 'variable', access }));
}

export function arbitraryValue(attribute: string, type: AttributeType): fc.Arbitrary<AttributeValue> {
  const literal = arbitraryLiteral(attribute, type);
  const variable = arbitraryVariable(attribute, type);
  if (variable === undefined) return literal;
  return fc.oneof({ weight: 3, arbitrary: literal }, { weight: 2, arbitrary: variable });
}
