import { browserSession } from '../../shared/rpc/browser-session.ts';

/** The parts of the page's world that its session needs. */
export interface PageWorld {
  readonly location: { readonly hash: string; readonly pathname: string };
  readonly history: { replaceState(data: null, unused: string, url: string): void };
  /** Of this tab and this origin, port included, which a cookie does not know. */
  readonly sessionStorage: { getItem(key: string): string | null; setItem(key: string, value: string): void };
  readonly fetch: (path: string, init: RequestInit) => Promise<Response>;
}

const storageKey = 'guestward-page-token';

const post = (headers: Readonly<Record<string, string>>, body: unknown): RequestInit => ({
  method: 'POST',
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
  credentials: 'same-origin',
});

/**
 * What gives the token of this page: of the link that it was opened by, which is swapped once, or of before it was loaded again; it rejects where
 * nobody answers. The link's token leaves the address bar at once, before anything takes it for the name of a screen.
 */
export function takePageToken(world: PageWorld): () => Promise<string | undefined> {
  const { location, history, sessionStorage } = world;
  let token = new URLSearchParams(location.hash.slice(1)).get(browserSession.fragment);
  if (token !== null) history.replaceState(null, '', location.pathname);
  return async () => {
    if (token !== null) {
      const response = await world.fetch(browserSession.swapPath, post({}, { token }));
      token = null;
      if (response.ok) {
        const swapped = (await response.json()) as { readonly pageToken: string };
        sessionStorage.setItem(storageKey, swapped.pageToken);
      }
    }
    return sessionStorage.getItem(storageKey) ?? undefined;
  };
}

/** Whether the server still knows this page. */
export async function sessionStands(token: string, world: PageWorld): Promise<boolean> {
  const response = await world.fetch(browserSession.checkPath, post({ [browserSession.header]: token }, {}));
  return response.ok;
}
