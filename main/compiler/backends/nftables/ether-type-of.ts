import type { Test } from '../../policy/policy.ts';

/** The one outer EtherType that a test lets through; undefined where it lets through several, or asks something else. */
export function etherTypeOf(test: Test | undefined): number | undefined {
  if (test?.test !== 'equal' || test.field !== 'ether-type' || test.negated || test.mask !== undefined)
    return undefined;
  return test.operand.kind === 'value' ? Number(test.operand.value) : undefined;
}
