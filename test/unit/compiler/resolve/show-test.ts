import type { Operand, PolicyRule, Test } from '../../../../main/compiler/policy/policy.ts';

/** A number in hexadecimal where people read it so, and a column as `group.column`. */
function showOperand(operand: Operand): string {
  if (operand.kind === 'column') return `$${operand.group}.${operand.column}`;
  return operand.value > 0xffffn ? `0x${operand.value.toString(16)}` : operand.value.toString();
}

/** A test on one line: `ip-source=0xa000001/0xffffff00`, `!destination-port=80..90`, `NEW,ESTABLISHED`, `original`. */
export function showTest(test: Test): string {
  const sign = 'negated' in test && test.negated ? '!' : '';
  const span = (low: Operand, high: Operand): string =>
    showOperand(low) === showOperand(high) ? showOperand(low) : `${showOperand(low)}..${showOperand(high)}`;
  switch (test.test) {
    case 'equal':
      return `${sign}${test.field}=${showOperand(test.operand)}${test.mask === undefined ? '' : `/${showOperand(test.mask)}`}`;
    case 'range':
      return `${sign}${test.field}=${showOperand(test.low)}..${showOperand(test.high)}`;
    case 'icmp':
      return `${sign}icmp=${span(...test.type)}:${span(...test.code)}`;
    case 'gratuitous':
      return `${sign}gratuitous`;
    case 'tcp-flags':
      return `${sign}flags=${test.mask}/${test.flags}`;
    case 'tcp-option':
      return `${sign}option=${showOperand(test.option)}`;
    case 'state':
      return test.states.join(',');
    case 'connection-direction':
      return test.direction;
    case 'connections':
      return `${sign}connections>${showOperand(test.above)}`;
    case 'ipset':
      return `${sign}set=${test.set}(${test.flags.join(',')})`;
  }
}

/** A rule's tests in their order. */
export const showTests = ({ tests }: Pick<PolicyRule, 'tests'>): string => tests.map(showTest).join(' ');
