import type { Direction, FrameRules, Policy, PolicyRule } from '../policy/policy.ts';
import { isJump } from '../policy/policy.ts';
import { type ConnectionView, newConnection } from './connection-view.ts';
import { type FrameView, viewFrame } from './frame-view.ts';
import { type Choice, runTest } from './run-test.ts';

export type Verdict = 'accept' | 'drop' | 'reject';

/** One thing looked at on the way to a verdict. */
export type Step =
  | { readonly step: 'enter'; readonly layer: Layer; readonly chain: string }
  /** `values` is the choice that matched, for rules with variables. */
  | { readonly step: 'rule'; readonly rule: PolicyRule; readonly matched: boolean; readonly values: Choice }
  | { readonly step: 'leave'; readonly chain: string; readonly how: 'return' | 'end' }
  | { readonly step: 'skip'; readonly chain: string };

export type Layer = 'frames' | 'packets';

export interface Evaluation {
  readonly verdict: Verdict;
  readonly path: readonly Step[];
  /** The rule that decided; undefined where the frame came to the end. */
  readonly decidedBy: PolicyRule | undefined;
}

/** Every choice of one row from each group. */
function* choices(groups: PolicyRule['groups'], chosen: Choice = []): Generator<Choice> {
  const group = groups[chosen.length];
  if (group === undefined) yield chosen;
  else for (const row of group.rows) yield* choices(groups, [...chosen, row]);
}

/** The choice of values with which the rule matches. */
export function matchRule(rule: PolicyRule, frame: FrameView, connection: ConnectionView): Choice | undefined {
  for (const choice of choices(rule.groups)) {
    if (rule.tests.every((test) => runTest(test, frame, choice, connection))) return choice;
  }
  return undefined;
}

type Outcome = { readonly verdict: Verdict; readonly rule: PolicyRule | undefined } | undefined;

interface Walk {
  readonly frame: FrameView;
  readonly connection: ConnectionView;
  readonly path: Step[];
}

/** Runs one rule: a verdict, `return` to leave the chain, or `next`. */
function runRule(rule: PolicyRule, layer: Layer, { frame, connection, path }: Walk): Outcome | 'return' | 'next' {
  const values = matchRule(rule, frame, connection);
  path.push({ step: 'rule', rule, matched: values !== undefined, values: values ?? [] });
  if (values === undefined) return 'next';
  if (!connection.countable && rule.tests.some(({ test }) => test === 'connections')) return { verdict: 'drop', rule };
  if (rule.action === 'continue') return 'next';
  if (rule.action === 'return') return 'return';
  // Frames that are not packets have nobody to be answered; there reject is drop.
  const verdict = rule.action === 'reject' && layer === 'frames' ? 'drop' : rule.action;
  return { verdict, rule };
}

function runFrameRules({ root, chains }: FrameRules, walk: Walk): Outcome {
  const { path, frame, connection } = walk;
  path.push({ step: 'enter', layer: 'frames', chain: 'root' });
  for (const entry of root) {
    if (!isJump(entry)) {
      const result = runRule(entry, 'frames', walk);
      if (result === 'next') continue;
      path.push(...(result === 'return' ? [{ step: 'leave', chain: 'root', how: 'return' } as const] : []));
      return result === 'return' ? undefined : result;
    }
    if (entry.test !== undefined && !runTest(entry.test, frame, [], connection)) {
      path.push({ step: 'skip', chain: entry.chain });
      continue;
    }
    path.push({ step: 'enter', layer: 'frames', chain: entry.chain });
    let how: 'return' | 'end' = 'end';
    for (const rule of chains[entry.chain] ?? []) {
      const result = runRule(rule, 'frames', walk);
      if (result === 'next') continue;
      if (result !== 'return') return result;
      how = 'return';
      break;
    }
    path.push({ step: 'leave', chain: entry.chain, how });
    if (how === 'end') return { verdict: 'accept', rule: undefined };
  }
  path.push({ step: 'leave', chain: 'root', how: 'end' });
  return undefined;
}

function runPacketRules(rules: readonly PolicyRule[], chain: string, walk: Walk): Outcome {
  if (rules.length === 0) return undefined;
  walk.path.push({ step: 'enter', layer: 'packets', chain });
  for (const rule of rules) {
    const result = runRule(rule, 'packets', walk);
    if (result === 'next') continue;
    if (result !== 'return') return result;
    walk.path.push({ step: 'leave', chain, how: 'return' });
    return undefined;
  }
  walk.path.push({ step: 'leave', chain, how: 'end' });
  return undefined;
}

/**
 * Judges a frame. An outgoing frame goes through the rules on frames and then those on packets, an incoming one the other way round. A verdict of
 * accept ends one layer, not the next.
 */
export function evaluatePolicy(
  policy: Policy,
  bytes: Uint8Array,
  direction: Direction,
  connection: ConnectionView = newConnection,
): Evaluation {
  const frame = viewFrame(bytes);
  const walk: Walk = { frame, connection, path: [] };
  const layers: Readonly<Record<Layer, () => Outcome>> = {
    frames: () => runFrameRules(policy.frames[direction], walk),
    packets: () =>
      frame.packet === undefined
        ? undefined
        : runPacketRules(policy.packets[direction][frame.packet.family], frame.packet.family, walk),
  };
  let decidedBy: PolicyRule | undefined;
  for (const layer of direction === 'out' ? (['frames', 'packets'] as const) : (['packets', 'frames'] as const)) {
    const outcome = layers[layer]();
    if (outcome === undefined) continue;
    decidedBy = outcome.rule;
    if (outcome.verdict !== 'accept') return { verdict: outcome.verdict, path: walk.path, decidedBy };
  }
  return { verdict: 'accept', path: walk.path, decidedBy };
}
