import type { ChainJump, Direction, Policy, PolicyRule, Test } from '../policy/policy.ts';
import { isJump } from '../policy/policy.ts';
import type { ConnectionView } from './connection-view.ts';
import { describeTest } from './describe-test.ts';
import { evaluatePolicy, type Layer, type Step, type Verdict } from './evaluate-policy.ts';
import { type FrameView, viewFrame } from './frame-view.ts';
import { isMalformed } from './is-malformed.ts';
import { type Choice, runTest } from './run-test.ts';

/** A rule by the place where it is written. */
export interface RulePlace {
  readonly filter: string;
  readonly file: string;
  readonly line: number;
  readonly action: PolicyRule['action'];
}

/** One thing looked at on the way to the verdict, in words. */
export type ExplainedStep =
  | { readonly step: 'enter'; readonly layer: Layer; readonly chain: string }
  | { readonly step: 'leave'; readonly chain: string; readonly how: 'return' | 'end' }
  | { readonly step: 'skip'; readonly chain: string; readonly because: string }
  | (RulePlace & {
      readonly step: 'rule';
      readonly matched: boolean;
      /** The test that failed, or what matched, as short as a person wants it. */
      readonly because: string;
      /** All tests. */
      readonly tests: readonly string[];
    });

/** A verdict, and the way to it. */
export interface Explanation {
  readonly verdict: Verdict;
  /** Undefined where no rule decided: the frame came to the end, or the kernel takes it for malformed. */
  readonly decidedBy: RulePlace | undefined;
  /** The kernel drops the frame before any rule sees it, as `isMalformed` has it. */
  readonly malformed: boolean;
  readonly path: readonly ExplainedStep[];
}

/** Tests that only say that an ARP or STP header is a usual one tell a person nothing. */
const formalities = [
  'arp-hardware-length',
  'arp-protocol-length',
  'arp-protocol-type',
  'arp-hardware-type',
  'stp-header',
];
const isFormality = (test: Test): boolean => test.test === 'equal' && formalities.includes(test.field);

interface Scene {
  readonly frame: FrameView;
  readonly connection: ConnectionView;
}

function wantedText(test: Test, groups: PolicyRule['groups'], scene: Scene): string {
  const { subject, wanted } = describeTest(test, { ...scene, groups });
  return `${subject} ${wanted}`;
}

function failureText(test: Test, groups: PolicyRule['groups'], scene: Scene): string {
  const { subject, wanted, found } = describeTest(test, { ...scene, groups });
  return found === undefined ? `no ${subject} ${wanted}` : `${subject} ${found}, wanted ${wanted}`;
}

/** Every choice of one row from each group. */
function choicesOf(groups: PolicyRule['groups']): readonly Choice[] {
  return groups.reduce<readonly Choice[]>(
    (choices, { rows }) => choices.flatMap((choice) => rows.map((row) => [...choice, row])),
    [[]],
  );
}

/** The test that stopped the choice of values that came furthest. */
function stoppedBy({ tests, groups }: PolicyRule, { frame, connection }: Scene): Test | undefined {
  const stops = choicesOf(groups).map((choice) => tests.findIndex((test) => !runTest(test, frame, choice, connection)));
  return tests[Math.max(...stops)];
}

const placeOf = ({ origin, action }: PolicyRule): RulePlace => ({ ...origin, action });

function explainRule({ rule, matched }: Extract<Step, { step: 'rule' }>, scene: Scene): ExplainedStep {
  const { groups } = rule;
  const failed = matched ? undefined : stoppedBy(rule, scene);
  const telling = rule.tests.filter((test) => !isFormality(test)).map((test) => wantedText(test, groups, scene));
  const because = failed === undefined ? telling.join(', ') || 'anything' : failureText(failed, groups, scene);
  const tests = rule.tests.map((test) => wantedText(test, groups, scene));
  return { step: 'rule', ...placeOf(rule), matched, because, tests };
}

/**
 * Judges a frame and tells why. A rule's values come from its variables; where none of several fits, the test is named that the best of them
 * fails.
 */
export function explainVerdict(
  policy: Policy,
  bytes: Uint8Array,
  direction: Direction,
  connection: ConnectionView,
): Explanation {
  const frame = viewFrame(bytes);
  const { verdict, path, decidedBy } = evaluatePolicy(policy, bytes, direction, connection);
  const scene = { frame, connection };
  const jumps = policy.frames[direction].root.filter((entry): entry is ChainJump => isJump(entry));
  const explain = (step: Step): ExplainedStep => {
    if (step.step === 'rule') return explainRule(step, scene);
    if (step.step !== 'skip') return step;
    const test = jumps.find(({ chain }) => chain === step.chain)?.test;
    return { ...step, because: test === undefined ? '' : failureText(test, [], scene) };
  };
  const malformed = isMalformed(frame);
  return {
    verdict: malformed ? 'drop' : verdict,
    decidedBy: malformed || decidedBy === undefined ? undefined : placeOf(decidedBy),
    malformed,
    path: path.map(explain),
  };
}
