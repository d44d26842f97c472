import type { IpcMain, IpcMainInvokeEvent, WebContents } from 'electron';
import type { EventName } from '../../shared/rpc/contract.ts';
import type { RpcResponse } from '../../shared/rpc/envelope.ts';
import { maxCallsInFlight } from '../../shared/rpc/limits.ts';
import { answerRequest } from '../app/answer-request.ts';
import type { App } from '../app/app.ts';
import { logBug } from '../app/log-bug.ts';
import { refuse } from '../app/refuse.ts';
import { isOwnUrl } from './app-scheme.ts';
import { callChannel, eventChannel } from './channels.ts';

/** A way into the page. */
export interface ServedPage {
  tell(event: EventName, payload: unknown): void;
  /** Ends with the window. */
  close(): void;
}

/** Lets the window's page call the app and be told what happens. `onFirstCall`: it is there and listens. */
export function servePage(
  ipc: Pick<IpcMain, 'handle' | 'removeHandler'>,
  contents: WebContents,
  app: App,
  onFirstCall: () => void,
): ServedPage {
  let inFlight = 0;
  let hasCalled = false;

  ipc.handle(callChannel, async (event, method: unknown, params: unknown): Promise<RpcResponse> => {
    if (!isOwnPage(event, contents)) return refuse(null, 'bad-request', 'Only the window itself is answered.');
    if (inFlight >= maxCallsInFlight) {
      return refuse(null, 'bad-request', `More than ${maxCallsInFlight} calls wait for their answers.`);
    }
    inFlight += 1;
    try {
      const request = requestOf(method, params);
      if (request === undefined) return refuse(null, 'bad-request', 'The request cannot be written as JSON.');
      return await answerRequest(request, { handlers: app.handlers, onBug: logBug });
    } finally {
      inFlight -= 1;
      if (!hasCalled) onFirstCall();
      hasCalled = true;
    }
  });

  const tell = (event: EventName, payload: unknown): void => {
    if (!contents.isDestroyed()) contents.send(eventChannel(event), payload);
  };
  const unsubscribe = app.subscribe(tell);
  return {
    tell,
    close() {
      unsubscribe();
      ipc.removeHandler(callChannel);
    },
  };
}

/** The call as text, so that the same limits hold as for a browser; undefined for what can be sent to here and is no JSON, e.g. what holds itself. */
function requestOf(method: unknown, params: unknown): Buffer | undefined {
  try {
    return Buffer.from(JSON.stringify({ jsonrpc: '2.0', id: 0, method, params }));
  } catch {
    return undefined;
  }
}

/** Whether a call comes from the page of this window, and from no frame within it. */
function isOwnPage({ sender, senderFrame }: IpcMainInvokeEvent, contents: WebContents): boolean {
  return sender === contents && senderFrame !== null && senderFrame === contents.mainFrame && isOwnUrl(senderFrame.url);
}
