import type { Client, EventName, MethodName } from '../../shared/rpc/contract.ts';
import type { RpcResponse } from '../../shared/rpc/envelope.ts';
import { answerOf } from './pending-calls.ts';

/** What the preload of the Electron window puts into the page as `window.guestward`. */
export interface Bridge {
  call(method: MethodName, params: unknown): Promise<RpcResponse>;
  /** Returns what ends the listening. */
  on(event: EventName, listener: (payload: unknown) => void): () => void;
}

/** The contract over the preload's bridge, which stands as long as the window does. */
export function createWindowClient(bridge: Bridge): Client {
  return {
    async call(method, params) {
      return answerOf(await bridge.call(method, params)) as never;
    },
    on: (event, listener) => bridge.on(event, listener as (payload: unknown) => void),
    onConnection: () => () => {},
  };
}
