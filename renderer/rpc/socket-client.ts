import { browserSession } from '../../shared/rpc/browser-session.ts';
import type { Client } from '../../shared/rpc/contract.ts';
import type { RpcMessage, RpcRequest } from '../../shared/rpc/envelope.ts';
import type { Failure } from '../../shared/rpc/failure.ts';
import { createListeners } from './listeners.ts';
import { connectionLost, createPendingCalls } from './pending-calls.ts';

/** What of a browser's WebSocket is used. */
export type Socket = Pick<WebSocket, 'send' | 'onopen' | 'onmessage' | 'onclose'>;

export interface SocketClientOptions {
  /** The page's token; undefined where this page was opened without a link, or with one that was used before. */
  readonly pageToken: () => Promise<string | undefined>;
  /** Whether the session of that token still stands; rejects where nobody answers. */
  readonly stands: (pageToken: string) => Promise<boolean>;
  readonly open: (protocols: readonly string[]) => Socket;
}

/** Milliseconds to wait before each try to come back; the last one counts for all that follow. */
const backOff: readonly number[] = [100, 250, 500, 1000, 2000, 5000];

const notOpened: Failure = {
  kind: 'not-allowed',
  message: 'This page was not opened by a link of Guestward, or its session has ended.',
  cure: 'Press Enter where `guestward serve` runs to be given a new link, or start it again.',
};

/** The contract over a WebSocket, which comes back by itself when it breaks. Calls made meanwhile wait for it. */
export function createSocketClient({ pageToken, stands, open }: SocketClientOptions): Client {
  const pending = createPendingCalls();
  const listeners = createListeners();
  let socket: Socket | undefined;
  let isShut = false;
  let tries = 0;
  let unsent: string[] = [];

  const shut = (): void => {
    isShut = true;
    unsent = [];
    pending.failAll(notOpened);
    listeners.tell('connection', false);
  };
  const again = (): void => {
    setTimeout(() => void connect(), backOff[Math.min(tries++, backOff.length - 1)]);
  };
  const connect = async (): Promise<void> => {
    try {
      const token = await pageToken();
      // A refused WebSocket does not say why, so that is asked before.
      if (token === undefined || !(await stands(token))) return shut();
      use(open([browserSession.subprotocol, `${browserSession.tokenPrefix}${token}`]));
    } catch {
      again();
    }
  };
  const use = (opening: Socket): void => {
    opening.onopen = () => {
      tries = 0;
      socket = opening;
      for (const text of unsent.splice(0)) opening.send(text);
      listeners.tell('connection', true);
    };
    opening.onmessage = ({ data }) => {
      // From our own server; what the screens show of it React escapes.
      const message = JSON.parse(String(data)) as RpcMessage;
      if ('method' in message) listeners.tell(`event:${message.method}`, message.params[0]);
      else pending.settle(message);
    };
    opening.onclose = () => {
      if (socket === opening) {
        socket = undefined;
        pending.failAll(connectionLost);
        listeners.tell('connection', false);
      }
      again();
    };
  };
  void connect();

  return {
    async call(method, params) {
      if (isShut) return { ok: false, failure: notOpened };
      const { id, answer } = pending.add();
      const text = JSON.stringify({ jsonrpc: '2.0', id, method, params } satisfies RpcRequest);
      if (socket === undefined) unsent.push(text);
      else socket.send(text);
      return (await answer) as never;
    },
    on: (event, listener) => listeners.add(`event:${event}`, listener),
    onConnection: (listener) => listeners.add('connection', listener),
  };
}
