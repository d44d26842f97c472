import { newConnection } from '../../main/compiler/evaluate/connection-view.ts';
import { classifyFrame, noConnections } from '../../main/compiler/evaluate/connections/connection-tracker.ts';
import { evaluatePolicy } from '../../main/compiler/evaluate/evaluate-policy.ts';
import { viewFrame } from '../../main/compiler/evaluate/frame-view.ts';
import { isMalformed } from '../../main/compiler/evaluate/is-malformed.ts';
import type { Direction, Policy } from '../../main/compiler/policy/policy.ts';

interface Frame {
  readonly dir: Direction;
  readonly hex: string;
}

const noPackets = { ipv4: [], ipv6: [] };
/** The policy's rules on frames alone. */
const framesOnly = (policy: Policy): Policy => ({ ...policy, packets: { out: noPackets, in: noPackets } });

/**
 * The evaluator's verdict on each frame between a guest and its peer, `P` or `D`, one after the other, with the connections that those that passed
 * have opened. A peer without a policy is open.
 */
export function judgeFrames(guest: Policy, frames: readonly Frame[], peer?: Policy): string {
  let table = noConnections;
  let verdicts = '';
  for (const { dir, hex } of frames) {
    const bytes = Uint8Array.from(Buffer.from(hex, 'hex'));
    const view = viewFrame(bytes);
    if (isMalformed(view)) {
      verdicts += 'D';
      continue;
    }
    const [sender, receiver] = dir === 'out' ? [guest, peer] : [peer, guest];
    // A frame that the rules on frames drop never reaches connection tracking.
    const isSeen = sender === undefined || evaluatePolicy(framesOnly(sender), bytes, 'out').verdict === 'accept';
    const { classification, seen, passed } = classifyFrame(view, table);
    const connection = { ...newConnection, ...classification };
    const passes =
      (sender === undefined || evaluatePolicy(sender, bytes, 'out', connection).verdict === 'accept') &&
      (receiver === undefined || evaluatePolicy(receiver, bytes, 'in', connection).verdict === 'accept');
    if (isSeen) table = passes ? passed : seen;
    verdicts += passes ? 'P' : 'D';
  }
  return verdicts;
}
