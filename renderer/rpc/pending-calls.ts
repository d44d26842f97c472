import type { Outcome } from '../../shared/plan/outcome.ts';
import type { RpcResponse } from '../../shared/rpc/envelope.ts';
import type { Failure } from '../../shared/rpc/failure.ts';

export type Answer = Outcome<unknown, Failure>;

/** What a response says, for the one who has called. */
export const answerOf = (response: RpcResponse): Answer =>
  'error' in response ? { ok: false, failure: response.error.data } : { ok: true, value: response.result };

export const connectionLost: Failure = {
  kind: 'connection-lost',
  message: 'The way to Guestward broke before it had answered, so whether it was done is not known.',
  cure: 'Look at the activity once the connection is back.',
};

/** Calls that wait for their responses. */
export interface PendingCalls {
  /** A number for the next call, and its answer when it comes. */
  add(): { readonly id: number; readonly answer: Promise<Answer> };
  settle(response: RpcResponse): void;
  failAll(failure: Failure): void;
}

export function createPendingCalls(): PendingCalls {
  const waiting = new Map<number, (answer: Answer) => void>();
  let next = 1;
  return {
    add() {
      const id = next++;
      return { id, answer: new Promise((resolve) => waiting.set(id, resolve)) };
    },
    settle(response) {
      waiting.get(response.id ?? -1)?.(answerOf(response));
      waiting.delete(response.id ?? -1);
    },
    failAll(failure) {
      for (const resolve of waiting.values()) resolve({ ok: false, failure });
      waiting.clear();
    },
  };
}
