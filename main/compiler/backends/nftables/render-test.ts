import type { RawField } from '../../../../shared/plan/fields.ts';
import type { Match } from '../../../../shared/plan/ruleset.ts';
import type { HeaderField } from '../../policy/header-field.ts';
import { headerFields } from '../../policy/header-field.ts';
import type { Operand, Test } from '../../policy/policy.ts';
import { type FieldContext, fieldValue, nftField } from './header-fields.ts';

/** The numbers of a rule's columns, where they are written out. */
export type Literals = (operand: Operand) => bigint;

type Operator = '==' | '!=';
const operator = (negated: boolean): Operator => (negated ? '!=' : '==');

function compare(field: HeaderField, context: FieldContext, negated: boolean, value: bigint, mask?: bigint): Match {
  const nft = nftField(field, context);
  const all = (1n << BigInt(headerFields[field])) - 1n;
  const masked = mask !== undefined && mask !== all;
  return {
    match: 'compare',
    field: nft,
    operator: operator(negated),
    value: fieldValue(nft, masked ? value & mask : value),
    ...(masked ? { mask: fieldValue(nft, mask) } : {}),
  };
}

function range(field: HeaderField, context: FieldContext, negated: boolean, low: bigint, high: bigint): Match {
  if (low === high) return compare(field, context, negated, low);
  const nft = nftField(field, context);
  return {
    match: 'range',
    field: nft,
    operator: operator(negated),
    low: fieldValue(nft, low),
    high: fieldValue(nft, high),
  };
}

/** All matches that hold, or none: the empty alternative matches always, no alternative never. */
export type Alternatives = readonly (readonly Match[])[];
const always: Alternatives = [[]];
const never: Alternatives = [];

/** A range of the whole field is no condition beyond the field being there; one that ends before it begins holds nothing. */
function rangeTest(test: Extract<Test, { test: 'range' }>, context: FieldContext, literal: Literals): Alternatives {
  const [low, high] = [literal(test.low), literal(test.high)];
  const all = (1n << BigInt(headerFields[test.field])) - 1n;
  const present = [range(test.field, context, false, 0n, all)];
  if (low > high) return test.negated ? [present] : never;
  if (low === 0n && high === all) return test.negated ? never : [present];
  return [[range(test.field, context, test.negated, low, high)]];
}

const lastIcmpNumber = 255n;

/** Type and code are negated together: another type, or this type with another code. */
function icmpTest(test: Extract<Test, { test: 'icmp' }>, context: FieldContext, literal: Literals): Alternatives {
  const [typeLow, typeHigh] = [literal(test.type[0]), literal(test.type[1])];
  const [codeLow, codeHigh] = [literal(test.code[0]), literal(test.code[1])];
  const part = (field: 'icmp-type' | 'icmp-code', negated: boolean, low: bigint, high: bigint): Alternatives => {
    if (low > high) return negated ? always : never;
    if (low === 0n && high === lastIcmpNumber) return negated ? never : always;
    return [[range(field, context, negated, low, high)]];
  };
  const both = (a: Alternatives, b: Alternatives): Alternatives => a.flatMap((x) => b.map((y) => [...x, ...y]));
  const type = part('icmp-type', false, typeLow, typeHigh);
  if (!test.negated) return both(type, part('icmp-code', false, codeLow, codeHigh));
  const otherType = part('icmp-type', true, typeLow, typeHigh);
  return [...otherType, ...both(type, part('icmp-code', true, codeLow, codeHigh))];
}

/** nft cannot compare two fields, but it can look up whether a pair of bytes is in the set of all equal pairs; an address is four bytes. */
function gratuitousTest(negated: boolean): Alternatives {
  const sender = 14;
  const target = 24;
  const byte = (index: number, same: boolean): Match => ({
    match: 'same-byte',
    left: { raw: 'nh', offset: (sender + index) * 8, length: 8 },
    right: { raw: 'nh', offset: (target + index) * 8, length: 8 },
    negated: !same,
  });
  const indexes = [0, 1, 2, 3];
  if (!negated) return [indexes.map((index) => byte(index, true))];
  // A target that is cut off is neither the sender's address nor another one.
  const last: RawField = { raw: 'nh', offset: (target + 3) * 8, length: 8 };
  const isWhole: Match = { match: 'range', field: last, operator: '==', low: '0x0', high: '0xff' };
  return indexes.map((differing) => [
    isWhole,
    ...indexes.slice(0, differing).map((i) => byte(i, true)),
    byte(differing, false),
  ]);
}

/** Flags that the mask leaves out are never seen set. */
function tcpFlagsTest({ negated, mask, flags }: Extract<Test, { test: 'tcp-flags' }>): Alternatives {
  if ((flags & ~mask) === 0) return [[{ match: 'tcp-flags', operator: operator(negated), mask, flags }]];
  return negated ? [[{ match: 'tcp-flags', operator: '==', mask: 0, flags: 0 }]] : never;
}

/** A test as nft matches, with every column's number given: it holds when one of the alternatives does. */
export function renderTest(test: Test, context: FieldContext, literal: Literals): Alternatives {
  switch (test.test) {
    case 'equal': {
      const mask = test.mask === undefined ? undefined : literal(test.mask);
      return [[compare(test.field, context, test.negated, literal(test.operand), mask)]];
    }
    case 'range':
      return rangeTest(test, context, literal);
    case 'icmp':
      return icmpTest(test, context, literal);
    case 'gratuitous':
      return gratuitousTest(test.negated);
    case 'tcp-flags':
      return tcpFlagsTest(test);
    case 'tcp-option':
      return [[{ match: 'tcp-option', number: Number(literal(test.option)), present: !test.negated }]];
    case 'state':
      return [
        [{ match: 'ct-state', states: test.states.map((state) => state.toLowerCase() as Lowercase<typeof state>) }],
      ];
    case 'connection-direction':
      return [[{ match: 'ct-direction', direction: test.direction }]];
    case 'connections':
    case 'ipset':
      throw new Error(`${test.test} is not a match of its own.`);
  }
}
