import { browserSession } from '../../shared/rpc/browser-session.ts';
import type { Client } from '../../shared/rpc/contract.ts';
import { type PageWorld, sessionStands, takePageToken } from './page-session.ts';
import { createSocketClient } from './socket-client.ts';
import { type Bridge, createWindowClient } from './window-client.ts';

interface Page extends PageWorld {
  readonly location: PageWorld['location'] & { readonly host: string };
  /** There where the window's preload has put it. */
  readonly guestward?: Bridge;
}

/** The way to the main side from where this page is: the window's bridge, else a WebSocket to who served it. */
export function createClient(): Client {
  const page = globalThis as unknown as Page;
  if (page.guestward !== undefined) return createWindowClient(page.guestward);
  return createSocketClient({
    pageToken: takePageToken(page),
    stands: (token) => sessionStands(token, page),
    open: (protocols) => new WebSocket(`ws://${page.location.host}${browserSession.socketPath}`, [...protocols]),
  });
}
