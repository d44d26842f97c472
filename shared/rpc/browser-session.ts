/** How a page in a browser proves to `guestward serve` that it was opened by the link: words that both sides write. */
export const browserSession = {
  /** The link's fragment is `#token=...`; a fragment is never sent. */
  fragment: 'token',
  /** POST with JSON `{"token": ...}` swaps the link's token for a cookie and the page's own token. */
  swapPath: '/session',
  /** POST with the page's token in the header asks whether the session still stands: 204, or 401. */
  checkPath: '/session/check',
  header: 'x-guestward-page',
  socketPath: '/rpc',
  /** The subprotocol, beside which the page names its token: a WebSocket of a browser cannot send headers. */
  subprotocol: 'guestward.rpc.1',
  tokenPrefix: 'guestward.page.',
} as const;
