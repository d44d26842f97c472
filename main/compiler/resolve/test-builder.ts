import type { LiteralValue } from '../../../shared/nwfilter/values.ts';
import type { HeaderField } from '../policy/header-field.ts';
import type { Operand, Test } from '../policy/policy.ts';
import type { BoundAttribute, BoundRule } from './bound-rule.ts';

const constant = (value: bigint | number): Operand => ({ kind: 'value', value: BigInt(value) });

/** A test that holds for a fixed number, such as a header's type. */
export const requires = (field: HeaderField, value: number | bigint, negated = false): Test => ({
  test: 'equal',
  field,
  negated,
  operand: constant(value),
});

/** Reads a rule's attributes and makes tests of those that are there. */
export interface TestBuilder {
  has(...names: readonly string[]): boolean;
  literal<K extends LiteralValue['kind']>(
    name: string,
    kind: K,
  ): { readonly negated: boolean; readonly literal: Extract<LiteralValue, { kind: K }> } | undefined;
  operand(name: string): { readonly negated: boolean; readonly operand: Operand } | undefined;
  /** One number, under the mask that the second attribute may give. */
  equal(field: HeaderField, name: string, maskName?: string): readonly Test[];
  /** From the first attribute to the second; the first alone is one number. The first one's negation counts. */
  range(field: HeaderField, startName: string, endName: string): readonly Test[];
  icmp(names: {
    readonly type: string;
    readonly typeEnd?: string;
    readonly code: string;
    readonly codeEnd?: string;
  }): readonly Test[];
}

export function testBuilder({ attributes }: BoundRule): TestBuilder {
  const operand = (name: string): Extract<BoundAttribute, { kind: 'operand' }> | undefined => {
    const attribute = attributes.get(name);
    return attribute?.kind === 'operand' ? attribute : undefined;
  };
  /** A range whose start is left out begins at 0; without an end it is its start, and without both everything. */
  const span = (start: Operand | undefined, end: Operand | undefined): readonly [Operand, Operand] => [
    start ?? constant(0),
    end ?? start ?? constant(255),
  ];
  return {
    has: (...names) => names.some((name) => attributes.has(name)),
    literal<K extends LiteralValue['kind']>(name: string, kind: K) {
      const attribute = attributes.get(name);
      if (attribute?.kind !== 'literal' || attribute.literal.kind !== kind) return undefined;
      return { negated: attribute.negated, literal: attribute.literal as Extract<LiteralValue, { kind: K }> };
    },
    operand,
    equal(field, name, maskName) {
      const address = operand(name);
      if (address === undefined) return [];
      const mask = maskName === undefined ? undefined : operand(maskName)?.operand;
      const { negated } = address;
      return [{ test: 'equal', field, negated, operand: address.operand, ...(mask === undefined ? {} : { mask }) }];
    },
    range(field, startName, endName) {
      const start = operand(startName);
      if (start === undefined) return [];
      const { negated } = start;
      const end = operand(endName);
      if (end === undefined) return [{ test: 'equal', field, negated, operand: start.operand }];
      return [{ test: 'range', field, negated, low: start.operand, high: end.operand }];
    },
    icmp({ type, typeEnd, code, codeEnd }) {
      const parts = [type, typeEnd, code, codeEnd].map((name) => (name === undefined ? undefined : operand(name)));
      if (parts.every((part) => part === undefined)) return [];
      const [typeStart, typeStop, codeStart, codeStop] = parts.map((part) => part?.operand);
      return [
        {
          test: 'icmp',
          negated: parts.some((part) => part?.negated === true),
          type: span(typeStart, typeStop),
          code: span(codeStart, codeStop),
        },
      ];
    },
  };
}
