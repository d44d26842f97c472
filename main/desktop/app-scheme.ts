import type { CustomScheme } from 'electron';

const scheme = 'app';
const host = 'guestward';

/** Where the window's page is. */
export const pageUrl = `${scheme}://${host}/`;

/** To be registered before Electron is ready: a scheme whose pages have an origin of their own, as those of https have. */
export const appScheme: CustomScheme = {
  scheme,
  privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
};

/** Whether the URL is one of the window's own pages or files. */
export function isOwnUrl(url: string): boolean {
  const parsed = URL.parse(url);
  // A standard scheme of Electron's is none of the URL standard's, so that `origin` says null here.
  return parsed !== null && parsed.protocol === `${scheme}:` && parsed.host === host && parsed.username === '';
}
