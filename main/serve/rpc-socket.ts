import type { WebSocket } from 'ws';
import type { RpcMessage } from '../../shared/rpc/envelope.ts';
import { maxCallsInFlight } from '../../shared/rpc/limits.ts';
import { answerRequest } from '../app/answer-request.ts';
import type { App } from '../app/app.ts';
import { logBug } from '../app/log-bug.ts';
import { refuse } from '../app/refuse.ts';

/** Bytes that a page may leave unread before it is let go: it comes back, and reads afresh what it missed. */
const maxUnreadBytes = 16 * 1024 * 1024;
const pingMilliseconds = 30_000;

/** RFC 6455, section 7.4.1, and the IANA registry behind it. */
const closeCodes = { unsupported: 1003, policy: 1008, tryAgain: 1013 } as const;

/** Lets one page of the browser call the app and be told what happens, until the page or the server goes. */
export function serveSocket(socket: WebSocket, app: App): void {
  let inFlight = 0;
  let answersPings = true;

  const send = (message: RpcMessage): void => {
    if (socket.readyState !== socket.OPEN) return;
    if (socket.bufferedAmount > maxUnreadBytes) socket.close(closeCodes.tryAgain, 'too slow');
    else socket.send(JSON.stringify(message));
  };

  const unsubscribe = app.subscribe((event, payload) => send({ jsonrpc: '2.0', method: event, params: [payload] }));
  const pings = setInterval(() => {
    if (!answersPings) return socket.terminate();
    answersPings = false;
    socket.ping();
  }, pingMilliseconds);

  socket.on('pong', () => {
    answersPings = true;
  });
  socket.on('message', async (data, isBinary) => {
    if (isBinary) return socket.close(closeCodes.unsupported, 'text only');
    if (inFlight >= maxCallsInFlight) {
      send(refuse(null, 'bad-request', `More than ${maxCallsInFlight} calls wait for their answers.`));
      return socket.close(closeCodes.policy, 'too many calls');
    }
    inFlight += 1;
    // As the server's socket leaves it (`nodebuffer`), a message is one Buffer.
    send(await answerRequest(data as Buffer, { handlers: app.handlers, onBug: logBug }));
    inFlight -= 1;
  });
  // What was wrong with it, ws has already told the page by the closing code.
  socket.on('error', () => {});
  socket.on('close', () => {
    clearInterval(pings);
    unsubscribe();
  });
}
