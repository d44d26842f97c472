import { describe, expect, test } from 'vitest';
import { newConnection } from '../../../../main/compiler/evaluate/connection-view.ts';
import { type Evaluation, evaluatePolicy, type Step } from '../../../../main/compiler/evaluate/evaluate-policy.ts';
import type {
  Direction,
  FrameRules,
  Policy,
  PolicyRule,
  Test,
  ValueGroup,
} from '../../../../main/compiler/policy/policy.ts';
import type { RuleAction } from '../../../../shared/nwfilter/filter-document.ts';
import { bytes } from '../../../frames/bytes.ts';
import { ethernetFrame } from '../../../frames/link.ts';
import { udpDatagram } from '../../../frames/transport.ts';
import { guest, ipFrame, peer } from './ends.ts';

const port = (number: number, negated = false): Test => ({
  test: 'equal',
  field: 'destination-port',
  negated,
  operand: { kind: 'value', value: BigInt(number) },
});

/** A rule named by its line; without a port it is for everything. */
const rule = (
  line: number,
  action: RuleAction,
  tests: readonly Test[] = [],
  groups: readonly ValueGroup[] = [],
): PolicyRule => ({
  action,
  origin: { filter: 'f', file: 'f.xml', line },
  tests,
  groups,
});

const nothing: FrameRules = { root: [], chains: {} };

interface Rules {
  readonly frames?: FrameRules;
  readonly packets?: readonly PolicyRule[];
}

function policyOf({ frames = nothing, packets = [] }: Rules): Policy {
  return {
    device: 'vnet0',
    filter: 'f',
    frames: { out: frames, in: frames },
    packets: { out: { ipv4: packets, ipv6: [] }, in: { ipv4: packets, ipv6: [] } },
  };
}

const toPort80 = (direction: Direction) =>
  ipFrame(direction, 'ipv4', 17, (ends) => udpDatagram(ends, { source: 40_000, destination: 80 }));

function judge(rules: Rules, direction: Direction = 'out', frame = toPort80(direction)): Evaluation {
  return evaluatePolicy(policyOf(rules), frame, direction);
}

/** The path in short: `>chain`, `line+` or `line-` for a rule that matched or did not, `<chain` with how it was left, `!chain` if skipped. */
function short(step: Step): string {
  switch (step.step) {
    case 'enter':
      return `>${step.layer}:${step.chain}`;
    case 'rule':
      return `${step.rule.origin.line}${step.matched ? '+' : '-'}`;
    case 'leave':
      return `<${step.chain} ${step.how}`;
    case 'skip':
      return `!${step.chain}`;
  }
}

const told = ({ verdict, path, decidedBy }: Evaluation) => ({
  verdict,
  path: path.map(short).join(', '),
  by: decidedBy?.origin.line,
});

const jump = (chain: string, test?: Test) => ({ chain, test });

describe('rules on frames', () => {
  test.each<readonly [string, FrameRules, ReturnType<typeof told>]>([
    ['no rule', nothing, { verdict: 'accept', path: '>frames:root, <root end', by: undefined }],
    [
      'the first rule that matches decides',
      { root: [rule(1, 'accept', [port(81)]), rule(2, 'drop'), rule(3, 'accept')], chains: {} },
      { verdict: 'drop', path: '>frames:root, 1-, 2+', by: 2 },
    ],
    [
      'continue goes on',
      { root: [rule(1, 'continue'), rule(2, 'drop')], chains: {} },
      { verdict: 'drop', path: '>frames:root, 1+, 2+', by: 2 },
    ],
    [
      'return in root ends it, and the frame passes',
      { root: [rule(1, 'return'), rule(2, 'drop')], chains: {} },
      { verdict: 'accept', path: '>frames:root, 1+, <root return', by: undefined },
    ],
    [
      'reject drops, since frames have nobody to answer to',
      { root: [rule(1, 'reject')], chains: {} },
      { verdict: 'drop', path: '>frames:root, 1+', by: 1 },
    ],
    [
      'a chain decides',
      { root: [jump('mac'), rule(2, 'accept')], chains: { mac: [rule(1, 'drop')] } },
      { verdict: 'drop', path: '>frames:root, >frames:mac, 1+', by: 1 },
    ],
    [
      'return in a chain comes back to root',
      { root: [jump('mac'), rule(2, 'drop')], chains: { mac: [rule(1, 'return')] } },
      { verdict: 'drop', path: '>frames:root, >frames:mac, 1+, <mac return, 2+', by: 2 },
    ],
    [
      "what comes to a chain's end passes, whatever root says later",
      { root: [jump('mac'), rule(2, 'drop')], chains: { mac: [rule(1, 'drop', [port(81)])] } },
      { verdict: 'accept', path: '>frames:root, >frames:mac, 1-, <mac end', by: undefined },
    ],
    [
      'a chain for other frames is skipped',
      { root: [jump('arp', port(81)), rule(2, 'drop')], chains: { arp: [rule(1, 'accept')] } },
      { verdict: 'drop', path: '>frames:root, !arp, 2+', by: 2 },
    ],
  ])('%s', (_, frames, expected) => {
    expect(told(judge({ frames }))).toEqual(expected);
  });
});

describe('rules on packets', () => {
  test.each<readonly [string, readonly PolicyRule[], ReturnType<typeof told>]>([
    [
      'reject is a verdict of its own',
      [rule(1, 'reject')],
      { verdict: 'reject', path: '>frames:root, <root end, >packets:ipv4, 1+', by: 1 },
    ],
    [
      'return accepts',
      [rule(1, 'return'), rule(2, 'drop')],
      { verdict: 'accept', path: '>frames:root, <root end, >packets:ipv4, 1+, <ipv4 return', by: undefined },
    ],
    [
      'what comes to the end passes',
      [rule(1, 'drop', [port(81)])],
      { verdict: 'accept', path: '>frames:root, <root end, >packets:ipv4, 1-, <ipv4 end', by: undefined },
    ],
  ])('%s', (_, packets, expected) => {
    expect(told(judge({ packets }))).toEqual(expected);
  });

  test('are not for frames without a packet, nor for the other family', () => {
    const packets = [rule(1, 'drop')];
    const other = ethernetFrame({ source: guest.mac, destination: peer.mac }, 0x88cc, new Uint8Array(46));
    expect(judge({ packets }, 'out', other).verdict).toBe('accept');
    const ipv6 = ipFrame('out', 'ipv6', 17, (ends) => udpDatagram(ends, { source: 1, destination: 80 }));
    expect(judge({ packets }, 'out', ipv6).verdict).toBe('accept');
  });

  test('a packet that cannot be counted is dropped where it would be', () => {
    const limit: Test = { test: 'connections', negated: false, above: { kind: 'value', value: 1000n } };
    const packets = [rule(1, 'accept', [port(80), limit]), rule(2, 'accept')];
    const judged = (countable: boolean) =>
      told(evaluatePolicy(policyOf({ packets }), toPort80('out'), 'out', { ...newConnection, countable }));
    expect(judged(false)).toMatchObject({ verdict: 'drop', by: 1 });
    expect(judged(true)).toMatchObject({ verdict: 'accept', by: 2 });
  });
});

describe('the two layers', () => {
  const frames: FrameRules = { root: [rule(1, 'accept')], chains: {} };
  const packets = [rule(2, 'accept')];

  test.each([
    ['out', '>frames:root, 1+, >packets:ipv4, 2+', 2],
    ['in', '>packets:ipv4, 2+, >frames:root, 1+', 1],
  ] as const)('come in the order of the way %s, and accept ends only one', (direction, path, by) => {
    expect(told(judge({ frames, packets }, direction))).toEqual({ verdict: 'accept', path, by });
  });

  test.each([
    ['out', 1],
    ['in', 2],
  ] as const)('the first that drops decides (%s)', (direction, by) => {
    const dropping = { frames: { root: [rule(1, 'drop')], chains: {} }, packets: [rule(2, 'drop')] };
    expect(told(judge(dropping, direction))).toMatchObject({ verdict: 'drop', by });
  });
});

describe('values', () => {
  const column = (group: number, column: number) => ({ kind: 'column', group, column }) as const;
  const equal = (field: 'destination-port' | 'source-port', at: ReturnType<typeof column>, negated = false): Test => ({
    test: 'equal',
    field,
    negated,
    operand: at,
  });
  const group = (...rows: readonly (readonly number[])[]): ValueGroup => ({
    labels: [],
    rows: rows.map((row) => row.map(BigInt)),
    own: true,
  });
  const parallel = [equal('source-port', column(0, 0)), equal('destination-port', column(0, 1))];
  const product = [equal('source-port', column(0, 0)), equal('destination-port', column(1, 0))];

  test.each<readonly [string, readonly Test[], readonly ValueGroup[], readonly (readonly bigint[])[] | undefined]>([
    ['columns in parallel', parallel, [group([1, 2], [40_000, 80])], [[40_000n, 80n]]],
    ['columns in parallel, but not in one row', parallel, [group([40_000, 1], [1, 80])], undefined],
    ['groups in every combination', product, [group([1], [40_000]), group([80], [2])], [[40_000n], [80n]]],
    ['no values', product, [group(), group([80])], undefined],
    [
      'a negated list: any of its values is another',
      [equal('destination-port', column(0, 0), true)],
      [group([80], [81])],
      [[81n]],
    ],
    ['a negated list of one', [equal('destination-port', column(0, 0), true)], [group([80])], undefined],
  ])('%s', (_, tests, groups, values) => {
    const { verdict, path } = judge({ packets: [rule(1, 'drop', tests, groups)] });
    expect(verdict).toBe(values === undefined ? 'accept' : 'drop');
    expect(path.find(({ step }) => step === 'rule')).toMatchObject({
      matched: values !== undefined,
      values: values ?? [],
    });
  });
});

test('a frame without a header is judged all the same', () => {
  const frames: FrameRules = { root: [rule(1, 'drop', [port(80, true)]), rule(2, 'reject')], chains: {} };
  expect(told(judge({ frames }, 'out', bytes()))).toEqual({ verdict: 'drop', path: '>frames:root, 1-, 2+', by: 2 });
});
