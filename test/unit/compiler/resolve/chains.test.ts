import { describe, expect, test } from 'vitest';
import type { Direction } from '../../../../main/compiler/policy/policy.ts';
import { isJump } from '../../../../main/compiler/policy/policy.ts';
import { expectPolicy, type Filters } from './resolve.ts';
import { showTest } from './show-test.ts';

const rule = (line: string, priority?: number, direction = 'out'): string =>
  `<rule action='drop' direction='${direction}'${priority === undefined ? '' : ` priority='${priority}'`}><mac protocolid='${line}'/></rule>`;
const chain = (name: string, rules: string, priority?: number): string =>
  `<filter name='f' chain='${name}'${priority === undefined ? '' : ` priority='${priority}'`}>${rules}</filter>`;
const refer = (...names: readonly string[]): string => names.map((name) => `<filterref filter='${name}'/>`).join('');

/** Rules are told apart by the EtherType that they are about, 0x601 and up: the number shown is the one behind 0x600. */
const id = (number: number): string => `0x${(0x600 + number).toString(16)}`;

/** Root's rules by number and jumps by `>chain`, and each chain's rules. */
function order(filters: Filters, direction: Direction = 'out'): string {
  const { root, chains } = expectPolicy(filters).frames[direction];
  const number = (tests: readonly { test: string }[]): string =>
    tests
      .flatMap((each) => ('operand' in each ? [(each as { operand: { value: bigint } }).operand.value - 0x600n] : []))
      .join();
  const entries = root.map((entry) => (isJump(entry) ? `>${entry.chain}` : number(entry.tests)));
  const inside = Object.entries(chains).map(
    ([name, rules]) => `${name}: ${rules.map(({ tests }) => number(tests)).join(' ')}`,
  );
  return [entries.join(' '), ...inside].join('; ');
}

describe('order in a chain', () => {
  test.each<readonly [string, Filters, string]>([
    ['by priority', { top: rule(id(1), 10) + rule(id(2), -10) + rule(id(3), 0) }, '2 3 1'],
    ['as written where priorities are equal', { top: rule(id(1), 5) + rule(id(2), 5) }, '1 2'],
    ['500 without a priority', { top: rule(id(1), 501) + rule(id(2)) + rule(id(3), 499) }, '3 2 1'],
    [
      'rules of a referenced filter at the place of the reference',
      { top: rule(id(1)) + refer('a') + rule(id(2)), a: rule(id(3)) },
      '1 3 2',
    ],
    [
      "root's rules by their own priority, not their filter's",
      { top: rule(id(1), 5) + refer('a'), a: chain('root', rule(id(2), 6)) },
      '1 2',
    ],
    [
      'rules of all filters of one chain together',
      { top: refer('a', 'b'), a: chain('arp', rule(id(1), 5) + rule(id(2), 1)), b: chain('arp', rule(id(3), 3)) },
      '>arp; arp: 2 3 1',
    ],
    [
      'chains of two names apart',
      { top: refer('a', 'b'), a: chain('arp-x', rule(id(1))), b: chain('arp-y', rule(id(2))) },
      '>arp-x >arp-y; arp-x: 1; arp-y: 2',
    ],
    [
      'a filter of a chain bound by itself',
      { top: `<filter name='top' chain='arp'>${rule(id(1))}</filter>` },
      '>arp; arp: 1',
    ],
    [
      'a chain that a chain refers to hangs on root',
      { top: refer('a'), a: chain('mac', rule(id(1)) + refer('b')), b: chain('arp', rule(id(2))) },
      '>mac >arp; mac: 1; arp: 2',
    ],
    ['a chain without rules is none', { top: refer('a'), a: chain('arp', '') }, ''],
    [
      'one with rules on packets alone is none either',
      { top: refer('a'), a: chain('arp', "<rule action='drop' direction='out'><tcp/></rule>") },
      '',
    ],
  ])('%s', (_, filters, expected) => {
    expect(order(filters)).toBe(expected);
  });
});

describe('where the jump stands', () => {
  const sub = (priority: number) => chain('arp', rule(id(9)), priority);

  test.each<readonly [string, Filters, string]>([
    [
      'before the rules of a higher priority',
      { top: rule(id(1), 7) + rule(id(2), 9) + refer('a'), a: sub(8) },
      '1 >arp 2',
    ],
    ['before the rules of the same one', { top: rule(id(1), 8) + refer('a'), a: sub(8) }, '>arp 1'],
    ['at the end, behind all of a lower one', { top: rule(id(1), 7) + refer('a'), a: sub(1000) }, '1 >arp'],
  ])('%s', (_, filters, expected) => {
    expect(order(filters).split(';')[0]).toBe(expected);
  });

  test.each([
    ['mac', -800],
    ['vlan', -750],
    ['stp', -810],
    ['arp', -500],
    ['rarp', -400],
    ['ipv4', -700],
    ['ipv6', -600],
    ['arp-spoof', -500],
    ['ipv6.x', -600],
  ])('a chain %s stands at %i where its filter does not say', (name, priority) => {
    const top = rule(id(1), priority - 1) + rule(id(2), priority) + refer('a');
    expect(order({ top, a: chain(name, rule(id(9))) }).split(';')[0]).toBe(`1 >${name} 2`);
  });

  test('filters that disagree: the one whose rule comes last in the chain counts', () => {
    const top = rule(id(1), 0) + refer('a', 'b');
    const early = { top, a: chain('arp', rule(id(8), 20), -5), b: chain('arp', rule(id(9), 10), 5) };
    const late = { top, a: chain('arp', rule(id(8), 10), -5), b: chain('arp', rule(id(9), 20), 5) };
    expect([order(early), order(late)]).toEqual(['>arp 1; arp: 9 8', '1 >arp; arp: 8 9']);
  });

  test('each direction for itself: only its own rules count, and a direction without any has no chain', () => {
    const top = rule(id(1), 0, 'inout') + refer('a', 'b');
    const filters = { top, a: chain('arp', rule(id(8), 10, 'in'), -5), b: chain('arp', rule(id(9), 20, 'out'), 5) };
    expect([order(filters, 'in'), order(filters, 'out')]).toEqual(['>arp 1; arp: 8', '1 >arp; arp: 9']);
    expect(order({ top: refer('a'), a: chain('arp', rule(id(8), 10, 'in')) }, 'out')).toBe('');
  });
});

describe('which frames go through a chain', () => {
  test.each([
    ['mac', undefined],
    ['mac-x', undefined],
    ['vlan', 'ether-type=33024'],
    ['stp', 'ether-destination=0x180c2000000'],
    ['arp', 'ether-type=2054'],
    ['arp-x', 'ether-type=2054'],
    ['rarp', 'ether-type=32821'],
    ['ipv4', 'ether-type=2048'],
    ['ipv4_2', 'ether-type=2048'],
    ['ipv6', 'ether-type=34525'],
  ])('%s: %s', (name, expected) => {
    const [jump] = expectPolicy({ top: refer('a'), a: chain(name, rule(id(1))) }).frames.out.root;
    expect(jump !== undefined && isJump(jump) && jump.test !== undefined ? showTest(jump.test) : undefined).toBe(
      expected,
    );
  });
});

test('rules on packets know no chains: all stand in one list by their own priority', () => {
  const packet = (port: number, priority: number) =>
    `<rule action='drop' direction='out' priority='${priority}'><tcp dstportstart='${port}'/></rule>`;
  const filters = {
    top: packet(1, 30) + refer('a', 'b'),
    a: chain('mac', packet(2, 10), 900),
    b: chain('ipv4', packet(3, 20), -900),
  };
  const { packets, frames } = expectPolicy(filters);
  const ports = packets.out.ipv4.map(({ tests }) =>
    tests
      .map(showTest)
      .join(' ')
      .replace(/.*port=/, ''),
  );
  expect(ports).toEqual(['2', '3', '1']);
  expect([frames.out.root, packets.out.ipv6]).toEqual([[], []]);
});
