import { newConnection } from '../../main/compiler/evaluate/connection-view.ts';
import { classifyFrame, noConnections } from '../../main/compiler/evaluate/connections/connection-tracker.ts';
import { evaluatePolicy } from '../../main/compiler/evaluate/evaluate-policy.ts';
import { viewFrame } from '../../main/compiler/evaluate/frame-view.ts';
import { isMalformed } from '../../main/compiler/evaluate/is-malformed.ts';
import type { Policy } from '../../main/compiler/policy/policy.ts';
import type { RecordedFrame } from './recorded-cases.ts';

/** The evaluator's verdict on each frame, `P` or `D`, one after the other, with the connections that those that passed have opened. */
export function judgeFrames(policy: Policy, frames: readonly RecordedFrame[]): string {
  let table = noConnections;
  let verdicts = '';
  for (const { dir, hex } of frames) {
    const bytes = Uint8Array.from(Buffer.from(hex, 'hex'));
    // A frame that the rules on frames drop never reaches connection tracking.
    const framesOnly = { ...policy, packets: { out: { ipv4: [], ipv6: [] }, in: { ipv4: [], ipv6: [] } } };
    const isSeen = dir === 'in' || evaluatePolicy(framesOnly, bytes, dir).verdict === 'accept';
    const view = viewFrame(bytes);
    if (isMalformed(view)) {
      verdicts += 'D';
      continue;
    }
    const { classification, seen, passed } = classifyFrame(view, table);
    const verdict = evaluatePolicy(policy, bytes, dir, { ...newConnection, ...classification }).verdict;
    if (isSeen) table = verdict === 'accept' ? passed : seen;
    verdicts += verdict === 'accept' ? 'P' : 'D';
  }
  return verdicts;
}
