import { type FrameView, viewFrame } from '../frame-view.ts';
import type { Classification } from './connection.ts';
import { type ConnectionTable, trackPacket } from './track-packet.ts';

export interface Classified {
  readonly classification: Classification;
  /** The table after the packet was seen: answers are remembered whether they pass or not. */
  readonly seen: ConnectionTable;
  /** The table after the packet has also passed: only then a new connection is entered. */
  readonly passed: ConnectionTable;
}

export const noConnections: ConnectionTable = new Map();

/** How connection tracking sees a frame, given the connections so far. Frames without a packet are never tracked. */
export function classifyFrame(frame: FrameView, before: ConnectionTable): Classified {
  const as = (
    state: Classification['state'],
    direction: Classification['direction'],
    seen = before,
    passed = seen,
    countable = true,
  ): Classified => ({
    classification: { state, direction, countable },
    seen,
    passed,
  });
  if (frame.packet === undefined) return as('UNTRACKED', 'original');
  const { tracked, direction, tuple, hasTuple, table } = trackPacket(frame, frame.packet, before, viewFrame);
  switch (tracked.kind) {
    case 'untracked':
      return as('UNTRACKED', 'original');
    case 'reopened':
    case 'invalid':
      return as('INVALID', 'original', table, table, hasTuple);
    case 'related':
      return as('RELATED', direction);
    case 'connection': {
      const known = table.get(tuple);
      const seenReply = tracked.connection.seenReply || direction === 'reply';
      const updated = new Map(table).set(tuple, { ...tracked.connection, seenReply });
      const state = direction === 'reply' || known?.seenReply === true ? 'ESTABLISHED' : 'NEW';
      return known === undefined ? as(state, direction, table, updated) : as(state, direction, updated);
    }
  }
}
