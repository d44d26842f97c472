import { buildFrame, type FrameDescription } from '../compiler/evaluate/build-frame.ts';
import { type ConnectionView, newConnection } from '../compiler/evaluate/connection-view.ts';
import { classifyFrame, noConnections } from '../compiler/evaluate/connections/connection-tracker.ts';
import { describeFrame } from '../compiler/evaluate/describe-frame.ts';
import { broadcastMac, destinationMac } from '../compiler/evaluate/destination-mac.ts';
import { type Explanation, explainVerdict } from '../compiler/evaluate/explain-verdict.ts';
import { viewFrame } from '../compiler/evaluate/frame-view.ts';
import type { Direction, Policy } from '../compiler/policy/policy.ts';

export type { FrameContent, FrameDescription, PacketEnds } from '../compiler/evaluate/build-frame.ts';
export type { ExplainedStep, Explanation, RulePlace } from '../compiler/evaluate/explain-verdict.ts';
export { broadcastMac, buildFrame, destinationMac };

export type TracedConnection = Pick<ConnectionView, 'state' | 'direction'>;

/** A frame, as bytes or as a description to be built, and how it meets the policy. */
export interface TraceQuestion {
  readonly frame: Uint8Array | FrameDescription;
  readonly direction: Direction;
  /** What connection tracking knows of the packet; undefined: whatever it makes of it as the first one it sees. */
  readonly connection: TracedConnection | undefined;
}

export interface Trace extends Explanation {
  readonly direction: Direction;
  readonly connection: TracedConnection;
  readonly frame: Uint8Array;
  /** The frame in one line: protocol and ends. */
  readonly summary: string;
}

/** Asks a policy for its verdict on a frame, and why. Nothing is sent. */
export function traceFrame(policy: Policy, { frame, direction, connection }: TraceQuestion): Trace {
  const bytes = frame instanceof Uint8Array ? frame : buildFrame(frame);
  const known = connection ?? classifyFrame(viewFrame(bytes), noConnections).classification;
  const explanation = explainVerdict(policy, bytes, direction, { ...newConnection, ...known });
  return { ...explanation, direction, connection: known, frame: bytes, summary: describeFrame(bytes) };
}
